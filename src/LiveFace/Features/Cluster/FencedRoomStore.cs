using LiveFace.Cluster;
using LiveFace.Rooms;

namespace LiveFace.Features.Cluster;

/// <summary>
/// What lasts of rooms, written by their owners alone: a node that lost a room closes its sessions, and must not take away the policy
/// under which the next owner shows it.
/// </summary>
internal sealed class FencedRoomStore(IRoomStore store, IRoomOwners owners) : IRoomStore
{
    public string? FindPolicy(string room) => store.FindPolicy(room);

    public (bool Muted, string? More) FindModeration(string room) => store.FindModeration(room);

    public void RemovePolicy(string room)
    {
        if (owners.Owns(room))
            store.RemovePolicy(room);
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
