namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// How long packets wait in a queue of the path: their one-way delay less the least one of the last half minute. The
/// trend of the delay sees a queue fill; this one sees a queue that stays.
/// </summary>
internal sealed class StandingQueue
{
    private static readonly TimeSpan Half = TimeSpan.FromSeconds(15);

    // The least delays of the half window before and of the current one; both clocks' offset is in them.
    private TimeSpan _before = TimeSpan.MaxValue;
    private TimeSpan _current = TimeSpan.MaxValue;
    private TimeSpan _turned;
    private TimeSpan _least = TimeSpan.MaxValue;

    /// <summary>The wait of the packets since the last call that waited least; zero if there were none.</summary>
    public TimeSpan Take()
    {
        if (_least == TimeSpan.MaxValue)
            return TimeSpan.Zero;
        var wait = _least - Min(_before, _current);
        _least = TimeSpan.MaxValue;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    public void Add(in PacketResult packet)
    {
        var delay = packet.Arrived - packet.Sent;
        if (packet.Sent - _turned > Half)
        {
            _before = _current;
            _current = TimeSpan.MaxValue;
            _turned = packet.Sent;
        }

        _current = Min(_current, delay);
        _least = Min(_least, delay);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
