namespace LiveFace.Rooms.Relay.Remote;

/// <summary>The way to the node that owns a room.</summary>
public interface IRelayUpstream
{
    /// <summary>Whether another node has the room.</summary>
    ValueTask<bool> IsElsewhereAsync(string room, CancellationToken cancellation);

    /// <summary>
    /// Finds the owner, proves to be a node of the cluster, has the other end prove it too, and passes on what comes until
    /// the stream ends or breaks. What the sink demands goes the other way meanwhile.
    /// </summary>
    /// <exception cref="RoomRefusedException">The owner has nothing to see, or nobody owns the room.</exception>
    /// <exception cref="RelayBrokenException">The owner cannot be reached, or is silent.</exception>
    /// <exception cref="RelayHereException">This node has become the owner.</exception>
    Task PullAsync(IRelaySink sink, CancellationToken cancellation);
}

/// <summary>There is nothing to pull: this node owns the room, by this epoch.</summary>
public sealed class RelayHereException(long epoch) : Exception("This node has become the room's owner.")
{
    /// <summary>By which it owns it.</summary>
    public long Epoch { get; } = epoch;
}

/// <summary>The owner cannot be reached, or has fallen silent; worth another try.</summary>
public sealed class RelayBrokenException(string message, Exception? cause = null) : Exception(message, cause);
