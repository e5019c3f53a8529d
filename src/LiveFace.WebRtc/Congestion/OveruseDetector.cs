namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// Compares the trend of the delay with a threshold that follows it (draft-ietf-rmcat-gcc-02, section 5.4): slowly when
/// it grows, so that a flow is not starved by others that fill the queue, and quickly when it falls.
/// </summary>
internal sealed class OveruseDetector
{
    private const double Gain = 4.0;
    private const int MaxCount = 60;
    private const double GrowRate = 0.0087;
    private const double ShrinkRate = 0.039;
    private const double MaxAdaptOffset = 15;

    private static readonly TimeSpan MinOveruse = TimeSpan.FromMilliseconds(10);

    private double _threshold = 12.5;
    private TimeSpan? _updated;
    private TimeSpan? _overuse;
    private int _overuseCount;
    private double _previousSlope;

    public BandwidthUsage State { get; private set; }

    public void Update(double slope, int count, TimeSpan sentDelta, TimeSpan now)
    {
        if (count < 2)
        {
            State = BandwidthUsage.Normal;
            return;
        }

        var trend = Math.Min(count, MaxCount) * slope * Gain;
        if (trend > _threshold)
        {
            _overuse = _overuse is null ? sentDelta / 2 : _overuse + sentDelta;
            _overuseCount++;
            if (_overuse > MinOveruse && _overuseCount > 1 && slope >= _previousSlope)
            {
                _overuse = TimeSpan.Zero;
                _overuseCount = 0;
                State = BandwidthUsage.Overuse;
            }
        }
        else
        {
            _overuse = null;
            _overuseCount = 0;
            State = trend < -_threshold ? BandwidthUsage.Underuse : BandwidthUsage.Normal;
        }

        _previousSlope = slope;
        Adapt(Math.Abs(trend), now);
    }

    private void Adapt(double trend, TimeSpan now)
    {
        var since = _updated is null ? 0 : Math.Min((now - _updated.Value).TotalMilliseconds, 100);
        _updated = now;
        // A sudden leap, as of a route change, is no reason to grow deaf.
        if (trend > _threshold + MaxAdaptOffset)
            return;
        var rate = trend < _threshold ? ShrinkRate : GrowRate;
        _threshold = Math.Clamp(_threshold + rate * (trend - _threshold) * Math.Max(0, since), 6, 600);
    }
}
