using System.Collections.Concurrent;
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
    IRoomDirectory rooms, Credentials credentials, StoredPolicies policies, AccessMode mode, Quotas quotas, IOptions<QuotaOptions> options) : IStoreBeat
{
    /// <summary>Rooms that keys brought into being, with the places that they take.</summary>
    private readonly ConcurrentDictionary<string, IDisposable> _places = new(StringComparer.Ordinal);

    /// <summary>A room that is there, or is made at the cost of the caller's key.</summary>
    /// <exception cref="ProblemException">The key has brought as many rooms into being as it may.</exception>
    public IRoom Open(string room, Grant grant)
    {
        if (rooms.Find(room) is { } known)
            return known;
        if (grant.IsAdmin || !mode.RequiresKey)
            return rooms.GetOrAdd(room);
        Beat();
        if (TakePlace(room, grant) is not { } place)
            return rooms.GetOrAdd(room);
        try
        {
            var made = rooms.GetOrAdd(room);
            if (_places.TryAdd(room, place))
                return made;
        }
        catch
        {
            place.Dispose();
            throw;
        }

        place.Dispose();
        return rooms.GetOrAdd(room);
    }

    /// <summary>Gives the places of rooms back that are no more.</summary>
    public void Beat()
    {
        foreach (var (room, place) in _places)
            if (rooms.Find(room) is null && _places.TryRemove(new(room, place)))
                place.Dispose();
    }

    /// <summary>Null where somebody else made the room meanwhile.</summary>
    private IDisposable? TakePlace(string room, Grant grant)
    {
        try
        {
            return quotas.TakeRoom(grant);
        }
        catch (ProblemException) when (rooms.Find(room) is not null)
        {
            return null;
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
        var most = options.Value.PoliciesPerKey;
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
