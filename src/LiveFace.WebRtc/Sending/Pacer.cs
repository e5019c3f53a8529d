namespace LiveFace.WebRtc.Sending;

/// <summary>
/// Spreads large frames: a bucket that drains at 2.5 × the target bitrate and takes 100 ms of target in one go. A frame
/// of usual size leaves at once; only what is much larger than the target allows, as a key frame, is spread.
/// </summary>
internal sealed class Pacer(long target)
{
    private const double Speed = 2.5;
    private const int MinBurst = 4 * 1200;

    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);

    private double _level;
    private double _bytesPerSecond = target * Speed / 8;
    private double _burst = Math.Max(MinBurst, target / 8 * Burst.TotalSeconds);
    private TimeSpan _updated;

    public void SetTarget(long bitsPerSecond)
    {
        _bytesPerSecond = bitsPerSecond * Speed / 8;
        _burst = Math.Max(MinBurst, bitsPerSecond / 8 * Burst.TotalSeconds);
    }

    public bool MaySend(TimeSpan now)
    {
        Drain(now);
        return _level < _burst;
    }

    /// <summary>When the next packet may leave.</summary>
    public TimeSpan NextSend(TimeSpan now) => MaySend(now)
        ? now
        : now + TimeSpan.FromSeconds((_level - _burst) / _bytesPerSecond) + TimeSpan.FromMilliseconds(1);

    public void OnSent(int size) => _level += size;

    /// <summary>How long this many bytes take.</summary>
    public TimeSpan TimeFor(long bytes) => TimeSpan.FromSeconds(bytes / _bytesPerSecond);

    private void Drain(TimeSpan now)
    {
        if (now > _updated)
            _level = Math.Max(0, _level - (now - _updated).TotalSeconds * _bytesPerSecond);
        _updated = now;
    }
}
