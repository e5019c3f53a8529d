namespace LiveFace.WebRtc.Sending;

/// <summary>
/// Passes requests for key frames on, at most four a second; one that comes in between waits, unless a key frame has
/// left by then.
/// </summary>
internal sealed class KeyFrameThrottle
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private bool _wanted;
    private TimeSpan _passed = TimeSpan.MinValue;
    private TimeSpan _keyFrame = TimeSpan.MinValue;

    public TimeSpan NextDeadline => !_wanted
        ? TimeSpan.MaxValue
        : _passed == TimeSpan.MinValue ? TimeSpan.MinValue : _passed + Interval;

    /// <summary>The peer asks; what left less than a round trip ago it cannot have seen when it asked.</summary>
    public void Request(TimeSpan roundTrip, TimeSpan now)
    {
        if (_keyFrame == TimeSpan.MinValue || now - _keyFrame >= roundTrip)
            _wanted = true;
    }

    /// <summary>We need one ourselves, because a frame was dropped.</summary>
    public void Require() => _wanted = true;

    public void OnKeyFrame(TimeSpan now)
    {
        _wanted = false;
        _keyFrame = now;
    }

    public bool TakeDue(TimeSpan now)
    {
        if (NextDeadline > now)
            return false;
        _wanted = false;
        _passed = now;
        return true;
    }
}
