using System.Diagnostics.CodeAnalysis;
using LiveFace.Access;
using LiveFace.Http;
using LiveFace.Rooms;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Rooms;

/// <summary>
/// The way into a room, for HTTP and hub alike: whose room it is, and how many rooms a key may bring into being. A
/// participant's room is theirs alone: nobody else publishes into it, and whoever else controls it can only hide more.
/// </summary>
internal sealed class RoomDoor(
    IRoomDirectory rooms, Credentials credentials, StoredPolicies policies, AccessMode mode, IOptions<QuotaOptions> quotas)
{
    private readonly Dictionary<string, string> _makers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>A room that is there, or is made at the cost of the caller's key.</summary>
    /// <exception cref="ProblemException">The key has brought as many rooms into being as it may.</exception>
    public IRoom Open(string room, Grant grant)
    {
        if (rooms.Find(room) is { } known)
            return known;
        if (grant.IsAdmin || !mode.RequiresKey)
            return rooms.GetOrAdd(room);
        var most = quotas.Value.RoomsPerKey;
        lock (_lock)
        {
            foreach (var gone in _makers.Keys.Where(name => rooms.Find(name) is null).ToArray())
                _makers.Remove(gone);
            if (!_makers.ContainsKey(room) && _makers.Values.Count(owner => owner == grant.Owner) >= most)
                throw new ProblemException(Problem.QuotaReached,
                    $"This key, with the links made from it, has {most} rooms now, and may have no more.")
                { RetryAfterSeconds = 30 };
            var made = rooms.GetOrAdd(room);
            _makers[room] = grant.Owner;
            return made;
        }
    }

    /// <summary>The room of a participant, who may be away.</summary>
    public bool TryOpenPlace(string room, Grant grant, [NotNullWhen(true)] out IRoom? opened)
    {
        opened = credentials.OwnerOf(room) is null ? null : Open(room, grant);
        return opened is not null;
    }

    public IRoom ToPublish(string room, Grant grant)
    {
        if (IsAnothers(room, grant))
            throw new ProblemException(Problem.NotAllowed, "This room is a participant's own, and nobody else publishes into it.");
        return Open(room, grant);
    }

    /// <summary>The room, if the key may have one more policy kept; in a participant's room all others moderate.</summary>
    public IRoom ToSetPolicy(string room, Grant grant, out bool moderates)
    {
        moderates = IsAnothers(room, grant);
        var most = quotas.Value.PoliciesPerKey;
        if (mode.RequiresKey && !grant.IsAdmin && !policies.TryClaim(room, grant.Owner, most))
            throw new ProblemException(Problem.QuotaReached,
                $"This key, with the links made from it, has the policies of {most} rooms kept, and may have no more.");
        return Open(room, grant);
    }

    /// <summary>Watching brings no room into being.</summary>
    public IRoom ToView(string room) => rooms.Find(room)
        ?? throw new RoomRefusedException(RoomRefusal.RoomEmpty, "Nobody publishes to this room.", TimeSpan.FromSeconds(2));

    /// <summary>Whether the room is the participant's who calls.</summary>
    public bool IsOwn(string room, Grant grant) => credentials.OwnerOf(room) is { } owner && credentials.Owns(grant, owner);

    /// <summary>Whether the room is a participant's, and the caller is not that participant.</summary>
    public bool IsAnothers(string room, Grant grant) =>
        mode.RequiresKey && credentials.OwnerOf(room) is { } owner && !credentials.Owns(grant, owner);
}
