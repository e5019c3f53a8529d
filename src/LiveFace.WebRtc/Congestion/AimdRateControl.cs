namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// The rate that the delays allow (draft-ietf-rmcat-gcc-02, section 5.5): it grows by 8 % a second, or by about a
/// packet a round trip near where it last had to yield, and falls to 0.85 of what arrived when a queue builds up. A
/// queue that is long already makes it fall further, so that it drains within a second or two.
/// </summary>
internal sealed class AimdRateControl(long start, long min, long max)
{
    private const double Beta = 0.85;
    private const double GrowthPerSecond = 1.08;
    private const double PacketBits = 1200 * 8;
    private const double MinYield = 0.5;
    private const double DrainSeconds = 1.2;

    // A queue as long as this is yielded to even while it does not grow.
    private static readonly TimeSpan MaxQueue = TimeSpan.FromMilliseconds(150);

    private double _rate = start;
    private bool _increasing = true;
    private TimeSpan? _updated;
    private TimeSpan _decreased = TimeSpan.MinValue;

    // Where the path was full before: its mean and how much that varies, relative to the mean.
    private double _capacity = double.NaN;
    private double _variance = 0.4;

    public long Rate => (long)_rate;

    /// <summary>When a queue was last yielded to.</summary>
    public TimeSpan LastDecrease => _decreased;

    public void Update(
        BandwidthUsage usage, TimeSpan queue, long? acknowledged, TimeSpan roundTrip, TimeSpan now)
    {
        var since = _updated is null ? TimeSpan.Zero : now - _updated.Value;
        _updated = now;
        switch (usage)
        {
            case BandwidthUsage.Overuse:
            case not BandwidthUsage.Underuse when queue > MaxQueue:
                Decrease(queue, acknowledged, roundTrip, now);
                _increasing = false;
                break;
            case BandwidthUsage.Underuse: // The queue drains: more would only keep it there.
                _increasing = false;
                break;
            case BandwidthUsage.Normal when _increasing:
                Increase(acknowledged, roundTrip, since);
                break;
            default:
                _increasing = true;
                break;
        }
    }

    /// <summary>Takes what a probe found.</summary>
    public void SetRate(long rate)
    {
        _rate = Math.Clamp(rate, min, max);
        if (_rate > _capacity * 1.5)
            _capacity = double.NaN;
    }

    private void Increase(long? acknowledged, TimeSpan roundTrip, TimeSpan since)
    {
        var seconds = Math.Min(1.0, since.TotalSeconds);
        if (acknowledged is { } arrived && arrived > _capacity + 3 * Deviation)
            _capacity = double.NaN; // The path bears more than it did.

        var grown = double.IsNaN(_capacity)
            ? _rate * Math.Pow(GrowthPerSecond, seconds)
            : _rate + Math.Max(4000, PacketBits / (roundTrip.TotalSeconds + 0.1)) * seconds;
        // Not further than what arrives can prove; a rate that is above that already stays (the source sends little).
        var provable = acknowledged * 1.5 + 10_000 ?? double.MaxValue;
        _rate = Math.Clamp(Math.Max(_rate, Math.Min(grown, provable)), min, max);
    }

    private void Decrease(TimeSpan queue, long? acknowledged, TimeSpan roundTrip, TimeSpan now)
    {
        var arrived = acknowledged ?? _rate;
        var tooSoon = _decreased != TimeSpan.MinValue
            && now - _decreased < Clamp(roundTrip, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(200));
        if (tooSoon && arrived >= _rate / 2)
            return;
        _decreased = now;
        LearnCapacity(arrived);
        // A rate that is below that already has been yielded; what is left of the queue drains.
        _rate = Math.Clamp(Math.Min(_rate, YieldTo(queue) * arrived), min, max);
    }

    private static double YieldTo(TimeSpan queue) =>
        Math.Clamp(1 - queue.TotalSeconds / DrainSeconds, MinYield, Beta);

    private double Deviation => Math.Sqrt(_variance * _capacity * 1000);

    private void LearnCapacity(double arrived)
    {
        if (double.IsNaN(_capacity) || arrived < _capacity - 3 * Deviation)
        {
            _capacity = arrived;
            return;
        }

        var error = _capacity - arrived;
        _capacity = 0.95 * _capacity + 0.05 * arrived;
        // The variance is kept in units of kilobits, divided by the mean.
        _variance = Math.Clamp(0.95 * _variance + 0.05 * error * error / (_capacity * 1000), 0.4, 2.5);
    }

    private static TimeSpan Clamp(TimeSpan value, TimeSpan low, TimeSpan high) =>
        value < low ? low : value > high ? high : value;
}
