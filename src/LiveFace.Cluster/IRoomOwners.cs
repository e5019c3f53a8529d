namespace LiveFace.Cluster;

/// <summary>Who owns which room. Every answer but <see cref="Owns"/> is the store's own of that moment. Safe to call from any thread.</summary>
public interface IRoomOwners
{
    /// <summary>This node's name.</summary>
    string Node { get; }

    /// <summary>The room's owner; null where nobody has it, or whoever had it has not been heard of for its lease.</summary>
    /// <exception cref="ClusterException">The store does not answer.</exception>
    ValueTask<RoomOwner?> FindAsync(string room, CancellationToken cancel);

    /// <summary>Makes this node the owner of a room that nobody has, atomically; gives whoever owns it then, which may be another.</summary>
    /// <exception cref="ClusterException">The store does not answer, or this node has no lease.</exception>
    ValueTask<RoomOwner> ClaimAsync(string room, CancellationToken cancel);

    /// <summary>Whether this node holds the room and its lease, without asking anybody: the lease's end is looked at each time.</summary>
    bool Owns(string room);

    /// <summary>By which epoch this node holds the room and its lease, as <see cref="Owns"/> has it; null when it does not.</summary>
    long? EpochHere(string room);
}
