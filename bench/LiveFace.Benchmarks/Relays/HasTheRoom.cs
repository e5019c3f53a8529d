using LiveFace.Cluster;

namespace LiveFace.Benchmarks.Relays;

internal sealed class HasTheRoom : IRoomOwners
{
    public string Node => "owner";

    public ValueTask<RoomOwner?> FindAsync(string room, CancellationToken cancel) => throw new ClusterException("It is here.");

    public ValueTask<RoomOwner> ClaimAsync(string room, CancellationToken cancel) => throw new ClusterException("It is here.");

    public bool Owns(string room) => true;

    public long? EpochHere(string room) => 1;
}
