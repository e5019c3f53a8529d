namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// Whether a key frame is needed of the peer, and when to ask (again): at once, unless one was just asked for or is
/// just coming in.
/// </summary>
internal sealed class KeyFrameDemand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private bool _wanted;
    private TimeSpan _asked = TimeSpan.MinValue;
    private TimeSpan _begun = TimeSpan.MinValue;

    public void Want() => _wanted = true;

    /// <summary>Its first packet has come: the rest deserves time.</summary>
    public void OnBegun(TimeSpan now) => _begun = now;

    public void OnKeyFrame()
    {
        _wanted = false;
        _begun = TimeSpan.MinValue;
    }

    /// <summary>Whether to ask now; it counts as asked.</summary>
    public bool TakeDue(TimeSpan now, TimeSpan roundTrip)
    {
        if (NextDeadline(roundTrip) > now)
            return false;
        _asked = now;
        return true;
    }

    public TimeSpan NextDeadline(TimeSpan roundTrip)
    {
        if (!_wanted)
            return TimeSpan.MaxValue;
        var last = _asked > _begun ? _asked : _begun;
        return last == TimeSpan.MinValue ? TimeSpan.MinValue : last + Patience + roundTrip;
    }
}
