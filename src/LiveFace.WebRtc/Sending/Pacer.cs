namespace LiveFace.WebRtc.Sending;

/// <summary>
/// Spreads large frames: a bucket that drains at 2.5 × the target bitrate and takes 100 ms of target in one go. A frame
/// of usual size leaves at once; only what is much larger than the target allows, as a key frame, is spread. When much
/// waits it drains up to twice as fast: late is worse than bursty.
/// </summary>
internal sealed class Pacer(long target)
{
    private const double Speed = 2.5;
    private const double MaxBoost = 2;
    private const int MinBurst = 4 * 1200;

    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(200);

    private double _level;
    private double _bytesPerSecond = target * Speed / 8;
    private double _burst = Math.Max(MinBurst, target / 8 * Burst.TotalSeconds);
    private double _boost = 1;
    private TimeSpan _updated;

    private double Rate => _bytesPerSecond * _boost;

    public void SetTarget(long bitsPerSecond)
    {
        _bytesPerSecond = bitsPerSecond * Speed / 8;
        _burst = Math.Max(MinBurst, bitsPerSecond / 8 * Burst.TotalSeconds);
    }

    /// <summary>Tells how much waits.</summary>
    public void SetWaiting(long bytes, TimeSpan now)
    {
        Drain(now);
        _boost = Math.Clamp(bytes / Late.TotalSeconds / _bytesPerSecond, 1, MaxBoost);
    }

    public bool MaySend(TimeSpan now)
    {
        Drain(now);
        return _level < _burst;
    }

    /// <summary>When the next packet may leave.</summary>
    public TimeSpan NextSend(TimeSpan now) => MaySend(now)
        ? now
        : now + TimeSpan.FromSeconds((_level - _burst) / Rate) + TimeSpan.FromMilliseconds(1);

    public void OnSent(int size) => _level += size;

    /// <summary>How long this many bytes take at the fastest.</summary>
    public TimeSpan TimeFor(long bytes) => TimeSpan.FromSeconds(bytes / (_bytesPerSecond * MaxBoost));

    private void Drain(TimeSpan now)
    {
        // Callers' clocks may be read in another order than they come in.
        if (now <= _updated)
            return;
        _level = Math.Max(0, _level - (now - _updated).TotalSeconds * Rate);
        _updated = now;
    }
}
