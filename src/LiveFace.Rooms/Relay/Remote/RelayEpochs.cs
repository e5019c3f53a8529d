namespace LiveFace.Rooms.Relay.Remote;

/// <summary>
/// The ownerships of a room as its pictures tell of them. None older than the newest is taken; a newer one counts as another
/// source, whose times have nothing to do with the last one's. Time is an input.
/// </summary>
internal sealed class RelayEpochs
{
    private const int Rate = 90_000;

    // What two machines' clocks drift apart at most.
    private const double Drift = 200e-6;

    private readonly Lock _gate = new();
    private long _newest = long.MinValue;
    private int _source;
    private uint _shift;
    private uint _lastTimestamp;
    private TimeSpan _lastAt;
    private TimeSpan? _offset;
    private TimeSpan _offsetAt;
    private bool _hasTimestamp;
    private bool _needsShift;

    /// <summary>The newest ownership seen.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    /// <summary>False when it is older than another that was seen; gives the number of the source.</summary>
    public bool TryAdmit(long epoch, out int source)
    {
        lock (_gate)
        {
            if (epoch > _newest)
            {
                _source += _newest == long.MinValue ? 0 : 1;
                Interlocked.Exchange(ref _newest, epoch);
                (_offset, _needsShift) = (null, _hasTimestamp);
            }

            source = _source;
            return epoch == _newest;
        }
    }

    /// <summary>A picture's times here: timestamps go on without a jump, and capture times are of this node's clock.</summary>
    public RelayTimes Map(in RelayTimes times, TimeSpan now)
    {
        lock (_gate)
        {
            if (_needsShift)
            {
                var elapsed = Math.Max(1, (long)((now - _lastAt).TotalSeconds * Rate));
                _shift = unchecked(_lastTimestamp + (uint)elapsed - times.RtpTimestamp);
                _needsShift = false;
            }

            (_hasTimestamp, _lastAt) = (true, now);
            _lastTimestamp = unchecked(times.RtpTimestamp + _shift);
            return times with { RtpTimestamp = _lastTimestamp, CaptureTime = Local(times.CaptureTime, now) };
        }
    }

    /// <summary>The timestamp of a picture that is made here, in between.</summary>
    public uint Next(TimeSpan now)
    {
        lock (_gate)
        {
            // Whatever comes after it goes on behind it, the same owner's too.
            _lastTimestamp = unchecked(_lastTimestamp + (uint)Math.Max(1, (long)((now - _lastAt).TotalSeconds * Rate)));
            (_hasTimestamp, _needsShift, _lastAt) = (true, true, now);
            return _lastTimestamp;
        }
    }

    /// <summary>A capture time of the owner's clock on this node's, by the shortest way that was seen.</summary>
    public TimeSpan? MapCapture(TimeSpan? capture, TimeSpan now)
    {
        lock (_gate)
            return Local(capture, now);
    }

    private TimeSpan? Local(TimeSpan? capture, TimeSpan now)
    {
        if (capture is not { } there)
            return null;
        var seen = now - there;
        if (_offset is { } known && known + (now - _offsetAt) * Drift < seen)
            return there + known;
        (_offset, _offsetAt) = (seen, now);
        return now;
    }
}
