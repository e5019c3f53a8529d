namespace LiveFace.Cluster.Tests.Relay;

/// <summary>Who owns the one room, as a test says; each node has its own view of it.</summary>
internal sealed class KnownOwners(string node) : IRoomOwners
{
    public string Node => node;

    public volatile RoomOwner? Owner;

    /// <summary>By which epoch the node that asks owns it.</summary>
    public long? Here { get; set; }

    public ValueTask<RoomOwner?> FindAsync(string room, CancellationToken cancel) => ValueTask.FromResult(Owner);

    public ValueTask<RoomOwner> ClaimAsync(string room, CancellationToken cancel) => throw new ClusterException("Nothing is claimed here.");

    public bool Owns(string room) => Here is not null;

    public long? EpochHere(string room) => Here;
}
