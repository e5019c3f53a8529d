namespace LiveFace.WebRtc.Congestion;

/// <summary>Bits per second over the last half second, counted in steps of 25 ms.</summary>
internal sealed class RateWindow
{
    private const int Steps = 20;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    private readonly int[] _bytes = new int[Steps];
    private long _newest = long.MinValue;
    private long _first;
    private long _sum;

    public void Add(int bytes, TimeSpan now)
    {
        var step = now.Ticks / Step.Ticks;
        Advance(step);
        if (step <= _newest - Steps)
            return;
        _bytes[(int)((ulong)step % Steps)] += bytes;
        _sum += bytes;
    }

    /// <summary>The rate, or null while too little time has passed to know one.</summary>
    public long? BitsPerSecond(TimeSpan now)
    {
        if (_newest == long.MinValue)
            return null;
        Advance(now.Ticks / Step.Ticks);
        var steps = Math.Min(Steps, _newest - _first + 1);
        return steps < 6 ? null : _sum * 8 * TimeSpan.TicksPerSecond / (steps * Step.Ticks);
    }

    private void Advance(long step)
    {
        if (_newest == long.MinValue)
        {
            _newest = _first = step;
            return;
        }

        if (step - _newest >= Steps * 4)
            _first = step; // After a long silence the beginning counts as a beginning.
        for (var cleared = 0; _newest < step && cleared < Steps; cleared++)
        {
            ref var old = ref _bytes[(int)((ulong)++_newest % Steps)];
            _sum -= old;
            old = 0;
        }

        _newest = Math.Max(_newest, step);
    }
}
