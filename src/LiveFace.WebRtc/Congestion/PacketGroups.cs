namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// Joins packets that left within 5 ms into groups and gives how much further apart two groups arrived than they left
/// (draft-ietf-rmcat-gcc-02, sections 5.1 and 5.2).
/// </summary>
internal sealed class PacketGroups
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan MaxBurst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private Group _current;
    private Group _previous;
    private bool _hasCurrent;
    private bool _hasPrevious;

    /// <summary>True when a group is finished; the deltas are between it and the one before.</summary>
    public bool TryAdd(in PacketResult packet, out TimeSpan sentDelta, out TimeSpan arrivedDelta)
    {
        sentDelta = arrivedDelta = default;
        if (_hasCurrent && (packet.Arrived - _current.Arrived).Duration() > Silence)
            Reset();
        if (!_hasCurrent)
        {
            Begin(packet);
            return false;
        }

        if (packet.Sent < _current.FirstSent)
            return false;
        if (Belongs(packet))
        {
            _current.LastSent = Max(_current.LastSent, packet.Sent);
            _current.Arrived = Max(_current.Arrived, packet.Arrived);
            return false;
        }

        var finished = _hasPrevious;
        if (finished)
        {
            sentDelta = _current.LastSent - _previous.LastSent;
            arrivedDelta = _current.Arrived - _previous.Arrived;
            finished = arrivedDelta >= TimeSpan.Zero;
        }

        _previous = _current;
        _hasPrevious = true;
        Begin(packet);
        return finished;
    }

    private void Reset() => _hasCurrent = _hasPrevious = false;

    private void Begin(in PacketResult packet)
    {
        _current = new Group
        {
            FirstSent = packet.Sent,
            LastSent = packet.Sent,
            FirstArrived = packet.Arrived,
            Arrived = packet.Arrived,
        };
        _hasCurrent = true;
    }

    // Packets that arrive in one burst, however they left, were held up together on the way.
    private bool Belongs(in PacketResult packet)
    {
        if (packet.Sent - _current.FirstSent <= Burst)
            return true;
        var arrived = packet.Arrived - _current.Arrived;
        var propagation = arrived - (packet.Sent - _current.LastSent);
        return propagation < TimeSpan.Zero && arrived <= Burst && packet.Arrived - _current.FirstArrived < MaxBurst;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private struct Group
    {
        public TimeSpan FirstSent;
        public TimeSpan LastSent;
        public TimeSpan FirstArrived;
        public TimeSpan Arrived;
    }
}
