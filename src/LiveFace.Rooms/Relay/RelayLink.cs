namespace LiveFace.Rooms.Relay;

/// <summary>
/// What the way to one other node takes, judged by what waits for it: where pictures wait all the time or have to go, the way is slower than
/// the picture, and what it delivered meanwhile is what it takes. Else the bound rises until it bounds nothing. Time is an input; one thread
/// looks, another tells what was written.
/// </summary>
internal sealed class RelayLink
{
    /// <summary>Fewer waiting pictures than this are on their way, and not in the way.</summary>
    public const int Behind = 3;

    private const long Least = 50_000;
    private const long Unbounded = long.MaxValue;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private long _bound = Unbounded;
    private long _written;
    private long _writtenBefore;
    private TimeSpan _began;
    private int _leastWaiting = int.MaxValue;
    private bool _lost;

    /// <summary>The part of the wished bits a second that the way takes.</summary>
    public long Of(long wished) => Math.Min(wished, Interlocked.Read(ref _bound));

    /// <summary>So many bytes have left.</summary>
    public void Wrote(int bytes) => Interlocked.Add(ref _written, bytes);

    /// <summary>A picture was put in line, or found no place; so many wait.</summary>
    public void Look(int waiting, bool lost, long wished, TimeSpan now)
    {
        _leastWaiting = Math.Min(_leastWaiting, waiting);
        _lost |= lost;
        var time = now - _began;
        if (time < Interval)
            return;
        var written = Interlocked.Read(ref _written);
        var rate = (long)((written - _writtenBefore) * 8 / time.TotalSeconds);
        Interlocked.Exchange(ref _bound, _lost || _leastWaiting >= Behind ? Lower(rate, wished) : Raise(wished));
        (_began, _writtenBefore, _leastWaiting, _lost) = (now, written, int.MaxValue, false);
    }

    /// <summary>Below what was delivered, so that what waits is worked off; half of it all where that says nothing.</summary>
    private long Lower(long delivered, long wished) =>
        Math.Max(Least, Math.Min(delivered * 85 / 100, Of(wished) / 2 * (delivered == 0 ? 1 : 2)));

    private long Raise(long wished)
    {
        var bound = Interlocked.Read(ref _bound);
        return bound == Unbounded || bound > wished ? Unbounded : bound + bound / 10 + 10_000;
    }
}
