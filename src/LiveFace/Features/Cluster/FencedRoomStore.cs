using System.Collections.Concurrent;
using LiveFace.Cluster;
using LiveFace.Rooms;

namespace LiveFace.Features.Cluster;

/// <summary>
/// What lasts of rooms, written by their owners alone: a node that lost a room closes its sessions, and must not take away the policy
/// under which the next owner shows it. What a publisher brought along lies with the room's owner, and goes with the room to the next.
/// </summary>
internal sealed class FencedRoomStore(IRoomStore store, IRoomOwners owners, INotedPolicies notes) : IRoomStore
{
    /// <summary>Rooms of which something is noted that is kept nowhere else.</summary>
    private readonly ConcurrentDictionary<string, byte> _noted = new(StringComparer.Ordinal);

    public string? FindPolicy(string room) => store.FindPolicy(room);

    public string? FindInForce(string room)
    {
        var noted = notes.FindPolicy(room);
        if (noted is not null)
            _noted[room] = 0;
        return noted;
    }

    public void NoteInForce(string room, string? json)
    {
        if (json is null && !_noted.ContainsKey(room))
            return;
        notes.NotePolicy(room, json);
        if (json is null)
            _noted.TryRemove(room, out _);
        else
            _noted[room] = 0;
    }

    public (bool Muted, string? More) FindModeration(string room) => store.FindModeration(room);

    public void RemovePolicy(string room)
    {
        if (!owners.Owns(room))
            return;
        store.RemovePolicy(room);
        try
        {
            NoteInForce(room, null);
        }
        catch (ClusterException)
        {
            // The next owner hides more than it would have to.
        }
    }

    public void SavePolicyLater(string room, string json, string? known)
    {
        if (owners.Owns(room))
            store.SavePolicyLater(room, json, known);
    }

    public void SaveMoreLater(string room, string json, string? known)
    {
        if (owners.Owns(room))
            store.SaveMoreLater(room, json, known);
    }

    public void SavePolicy(string room, string json)
    {
        Require(room);
        store.SavePolicy(room, json);
        NoteInForce(room, null);
    }

    public void SaveMuted(string room, bool muted)
    {
        Require(room);
        store.SaveMuted(room, muted);
    }

    public void SaveMore(string room, string json)
    {
        Require(room);
        store.SaveMore(room, json);
    }

    private void Require(string room)
    {
        if (!owners.Owns(room))
            throw new ClusterException("This room is another node's now; ask again.");
    }
}
