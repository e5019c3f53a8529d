using LiveFace.WebRtc;

namespace LiveFace.Cluster.Ownership;

/// <summary>
/// The end of this node's lease on the machine's own clock. Everything that leaves the node asks it, packet by packet: a process
/// that was stopped in between and goes on has nothing more to say. It ends a tenth before the store's, for clocks that run apart.
/// </summary>
public sealed class Lease : IMediaGate
{
    private long _end;

    /// <summary>Whether this node may still show its rooms.</summary>
    public bool IsOpen => BootClock.Now() < Volatile.Read(ref _end);

    /// <summary>The lease was asked for at <paramref name="askedAt"/>, and given: it lasts at least from then.</summary>
    internal void Extend(long askedAt, TimeSpan length) =>
        Volatile.Write(ref _end, askedAt + (long)(length.TotalNanoseconds * 0.9));

    /// <summary>It is over, until it is given anew.</summary>
    internal void Close() => Volatile.Write(ref _end, 0);
}
