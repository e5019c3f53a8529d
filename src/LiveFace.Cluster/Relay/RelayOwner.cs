namespace LiveFace.Cluster.Relay;

/// <summary>Which node has a room, as far as a relay asks.</summary>
/// <param name="Address">Where other nodes call it; with <c>https</c> over TLS.</param>
/// <param name="Epoch">Larger with each change of owner.</param>
public readonly record struct RelayOwner(Uri Address, long Epoch);

/// <summary>Who owns which room.</summary>
public interface IRelayOwners
{
    /// <summary>The room's owner; null where nobody has it.</summary>
    ValueTask<RelayOwner?> FindAsync(string room, CancellationToken cancellation);

    /// <summary>By which epoch this node owns a room in this moment, without asking anybody; null when it does not.</summary>
    long? EpochHere(string room);
}
