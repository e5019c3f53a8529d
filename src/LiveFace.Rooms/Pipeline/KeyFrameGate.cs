namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// Keyframes that were asked for: the first at once, more no sooner than an interval after the last, and any number of
/// wishes in between become one. Time is an input; wishes come from any thread.
/// </summary>
internal sealed class KeyFrameGate(TimeSpan interval)
{
    private int _wished;
    private TimeSpan _last = TimeSpan.MinValue;

    public void Wish() => Volatile.Write(ref _wished, 1);

    /// <summary>Whether the next frame is to be a keyframe.</summary>
    public bool TryTake(TimeSpan now)
    {
        if (Volatile.Read(ref _wished) == 0 || (_last != TimeSpan.MinValue && now - _last < interval))
            return false;
        Volatile.Write(ref _wished, 0);
        _last = now;
        return true;
    }
}
