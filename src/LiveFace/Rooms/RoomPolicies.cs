using System.Text;
using LiveFace.Redaction.Policy;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Rooms;

/// <summary>The policies that rooms begin with: what an empty room was prepared with, else the server's default; never below its floor.</summary>
internal sealed class RoomPolicies
{
    private readonly StoredPolicies _stored;
    private readonly RedactionPolicy _usual;

    public RoomPolicies(StoredPolicies stored, StoredModeration moderation, IOptions<PolicyOptions> options)
    {
        _stored = stored;
        Moderation = moderation;
        if (!PolicyOptions.TryRead(options.Value.Default, out var usual, out _))
            throw new InvalidOperationException("Policy:Default was not validated.");
        if (options.Value.Floor.Length > 0 && PolicyOptions.TryRead(options.Value.Floor, out var floor, out _))
            Floor = floor;
        _usual = PolicyFloor.Raise(usual!, Floor);
    }

    /// <summary>The server's floor, if it has one.</summary>
    public RedactionPolicy? Floor { get; }

    /// <summary>What moderators laid over rooms.</summary>
    public StoredModeration Moderation { get; }

    /// <summary>The policy that a room of this name begins with.</summary>
    public RedactionPolicy Of(string room) => Open(room).Current.Policy;

    public PolicyBoard Open(string room)
    {
        var initial = Chosen(room);
        return new PolicyBoard(_usual, Floor, initial, Math.Max(1, initial.Version), More(room));
    }

    /// <exception cref="StorageException">It is not kept.</exception>
    public void Save(string room, RedactionPolicy policy) => _stored.Save(room, Encoding.UTF8.GetString(PolicyJson.Write(policy)));

    /// <summary>Keeps what holds in memory already, as soon as the disk takes it.</summary>
    public void SaveLater(string room, RedactionPolicy policy) => _stored.SaveLater(room, Encoding.UTF8.GetString(PolicyJson.Write(policy)));

    /// <exception cref="StorageException">It is not kept.</exception>
    public void SaveMore(string room, RedactionPolicy more) => Moderation.SaveMore(room, Encoding.UTF8.GetString(PolicyJson.Write(more)));

    /// <summary>Keeps what holds in memory already, as soon as the disk takes it.</summary>
    public void SaveMoreLater(string room, RedactionPolicy more) => Moderation.SaveMoreLater(room, Encoding.UTF8.GetString(PolicyJson.Write(more)));

    public void Forget(string room) => _stored.Remove(room);

    private RedactionPolicy Chosen(string room)
    {
        // What is stored was valid once; if it no longer is, the room begins with the default.
        if (_stored.Find(room) is { } json && PolicyJson.TryRead(Encoding.UTF8.GetBytes(json), out var stored, out _) &&
            PolicyFloor.Raise(stored, Floor) is var raised && PolicyValidator.Validate(raised).Count == 0)
            return raised;
        return _usual with { Version = 1 };
    }

    private RedactionPolicy? More(string room)
    {
        if (Moderation.Find(room).More is not { } json)
            return null;
        return PolicyJson.TryRead(Encoding.UTF8.GetBytes(json), out var more, out _) ? more : PolicyPresets.CoverEverything;
    }
}
