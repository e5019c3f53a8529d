namespace LiveFace.WebRtc.Receiving;

/// <summary>Whether a key frame is needed of the peer, and when to ask (again).</summary>
internal sealed class KeyFrameDemand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private bool _wanted;
    private TimeSpan _asked = TimeSpan.MinValue;

    public void Want() => _wanted = true;

    /// <summary>Its first packet has come: the rest deserves time.</summary>
    public void OnBegun(TimeSpan now) => _asked = now;

    public void OnKeyFrame() => _wanted = false;

    /// <summary>Whether to ask now; it counts as asked.</summary>
    public bool TakeDue(TimeSpan now, TimeSpan roundTrip)
    {
        if (NextDeadline(roundTrip) > now)
            return false;
        _asked = now;
        return true;
    }

    public TimeSpan NextDeadline(TimeSpan roundTrip) => !_wanted
        ? TimeSpan.MaxValue
        : _asked == TimeSpan.MinValue ? TimeSpan.MinValue : _asked + Patience + roundTrip;
}
