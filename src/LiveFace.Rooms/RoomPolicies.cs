using System.Text;
using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>The policies that rooms begin with: what an empty room was prepared with, else the server's default; never below its floor.</summary>
public sealed class RoomPolicies
{
    private readonly IRoomStore _store;
    private readonly RedactionPolicy _usual;

    /// <summary>The default and the floor have been validated, together as well.</summary>
    public RoomPolicies(IRoomStore store, RedactionPolicy usual, RedactionPolicy? floor)
    {
        _store = store;
        Floor = floor;
        _usual = PolicyFloor.Raise(usual, floor);
    }

    /// <summary>The server's floor, if it has one.</summary>
    public RedactionPolicy? Floor { get; }

    /// <summary>What is kept of the room now.</summary>
    /// <exception cref="NotKeptException">It cannot be read.</exception>
    public KeptPolicy Kept(string room) => new(_store.FindPolicy(room), _store.FindModeration(room).More);

    /// <summary>Reads a policy that another server kept; what this one cannot read hides everything.</summary>
    public static RedactionPolicy Read(string json) =>
        PolicyJson.TryRead(Encoding.UTF8.GetBytes(json), out var policy, out _) ? policy : PolicyPresets.CoverEverything;

    /// <summary>Of two policies that were kept for one room: one that hides all that either hides.</summary>
    public static string Stricter(string one, string other)
    {
        var (first, second) = (Read(one), Read(other));
        var both = PolicyFloor.Raise(first, second);
        if (PolicyValidator.Validate(both).Count > 0)
            both = PolicyPresets.CoverEverything;
        return Write(both with { Version = Math.Max(first.Version, second.Version) });
    }

    /// <summary>Whether a moderator muted the room.</summary>
    public bool IsMuted(string room) => _store.FindModeration(room).Muted;

    /// <inheritdoc cref="IRoomStore.SaveMuted"/>
    public void SaveMuted(string room, bool muted) => _store.SaveMuted(room, muted);

    /// <summary>The policy that a room of this name begins with.</summary>
    public RedactionPolicy Of(string room) => Open(room).Current.Policy;

    /// <summary>
    /// The models that a room of this name looks by if it is made now: by the policy that is asked for, else by the one that it begins with. None for
    /// one that cannot be put in force.
    /// </summary>
    public IReadOnlyList<string> ModelsOf(string room, RedactionPolicy? asked)
    {
        if (asked is null)
            return [.. Open(room).Current.Models];
        try
        {
            return [.. PolicySnapshot.Create(1, PolicyFloor.Raise(asked, Floor)).Models];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    /// <summary>A board for a room of this name.</summary>
    public PolicyBoard Open(string room)
    {
        var initial = Chosen(room);
        return new PolicyBoard(_usual, Floor, initial, Math.Max(1, initial.Version), More(room));
    }

    /// <summary>A policy as it is kept.</summary>
    public static string Write(RedactionPolicy policy) => Encoding.UTF8.GetString(PolicyJson.Write(policy));

    /// <exception cref="NotKeptException">It is not kept.</exception>
    public void Save(string room, RedactionPolicy policy) => _store.SavePolicy(room, Write(policy));

    /// <summary>Keeps what holds in memory already, as soon as the disk takes it and unless somebody else kept something meanwhile.</summary>
    public void SaveLater(string room, RedactionPolicy policy, KeptPolicy known) => _store.SavePolicyLater(room, Write(policy), known.Policy);

    /// <exception cref="NotKeptException">It is not kept.</exception>
    public void SaveMore(string room, RedactionPolicy more) => _store.SaveMore(room, Write(more));

    /// <summary>Keeps what holds in memory already, as soon as the disk takes it and unless somebody else kept something meanwhile.</summary>
    public void SaveMoreLater(string room, RedactionPolicy more, KeptPolicy known) => _store.SaveMoreLater(room, Write(more), known.More);

    /// <inheritdoc cref="IRoomStore.NoteInForce"/>
    public void Note(string room, RedactionPolicy? policy) => _store.NoteInForce(room, policy is null ? null : Write(policy));

    /// <summary>Forgets the policy that the room was given.</summary>
    public void Forget(string room) => _store.RemovePolicy(room);

    private RedactionPolicy Chosen(string room)
    {
        var (kept, inForce) = (_store.FindPolicy(room), _store.FindInForce(room));
        if ((kept is not null && inForce is not null ? Stricter(kept, inForce) : kept ?? inForce) is not { } json)
            return _usual with { Version = 1 };

        // It hid something when it was kept. Where it cannot be read now, or not be raised to the floor, nobody knows what.
        var raised = PolicyFloor.Raise(Read(json), Floor);
        return PolicyValidator.Validate(raised).Count == 0 ? raised : PolicyPresets.CoverEverything with { Version = raised.Version };
    }

    private RedactionPolicy? More(string room) => _store.FindModeration(room).More is { } json ? Read(json) : null;
}

/// <summary>What is kept of a room's policy and of what a moderator laid over it, as JSON.</summary>
public sealed record KeptPolicy(string? Policy, string? More);
