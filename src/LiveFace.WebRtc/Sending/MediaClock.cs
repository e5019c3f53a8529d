namespace LiveFace.WebRtc.Sending;

/// <summary>
/// The RTP clock of one outgoing source: it begins at random (RFC 3550, section 5.1) and runs with the capture times,
/// or in the rhythm of a stream that is forwarded.
/// </summary>
internal sealed class MediaClock(int clockRate, uint origin)
{
    // Further than this from the capture clock, a forwarded stream has been exchanged for another.
    private static readonly TimeSpan MaxDrift = TimeSpan.FromSeconds(2);

    private uint _shift;
    private bool _forwarding;
    private uint _lastTimestamp;
    private TimeSpan _lastCapture;

    /// <summary>The timestamp that the wire carries.</summary>
    public uint Next(uint? source, TimeSpan capture)
    {
        var timestamp = At(capture);
        if (source is { } given)
        {
            if (!_forwarding || Distance(given + _shift, timestamp) > MaxDrift)
                _shift = timestamp - given;
            _forwarding = true;
            timestamp = given + _shift;
        }

        _lastTimestamp = timestamp;
        _lastCapture = capture;
        return timestamp;
    }

    /// <summary>Takes the stream's own timestamp for the wire's, and goes on from it in sender reports.</summary>
    public uint Keep(uint timestamp, TimeSpan capture)
    {
        _lastTimestamp = timestamp;
        _lastCapture = capture;
        return timestamp;
    }

    /// <summary>What the timestamp would be at a moment, for a sender report.</summary>
    public uint Extrapolate(TimeSpan now) => _lastTimestamp + Ticks(now - _lastCapture);

    private uint At(TimeSpan capture) => origin + Ticks(capture);

    // In two steps, so that no uptime makes the product pass what a long holds.
    private uint Ticks(TimeSpan time)
    {
        var (seconds, rest) = Math.DivRem(time.Ticks, TimeSpan.TicksPerSecond);
        return (uint)(seconds * clockRate + rest * clockRate / TimeSpan.TicksPerSecond);
    }

    private TimeSpan Distance(uint a, uint b) => TimeSpan.FromSeconds(Math.Abs((double)(int)(a - b)) / clockRate);
}
