using LiveFace.Cluster.Relay;

namespace LiveFace.Cluster.Tests.Relay;

/// <summary>Who owns the one room, as a test says; each node asks its own view of it.</summary>
internal sealed class KnownOwners : IRelayOwners
{
    private volatile object? _owner;

    public RelayOwner? Owner
    {
        get => (RelayOwner?)_owner;
        set => _owner = value;
    }

    /// <summary>By which epoch the node that asks owns it.</summary>
    public long? Here { get; set; }

    public int Asked { get; private set; }

    public ValueTask<RelayOwner?> FindAsync(string room, CancellationToken cancellation)
    {
        Asked++;
        return ValueTask.FromResult(Owner);
    }

    public long? EpochHere(string room) => Here;
}
