namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// The rate that the losses allow (draft-ietf-rmcat-gcc-02, section 6): below 2 % it grows, between 2 and 10 % it
/// stays, above that it falls by half the loss.
/// </summary>
internal sealed class LossBasedControl(long start, long min, long max)
{
    private const int MinPackets = 20;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private const double Low = 0.02;
    private const double High = 0.10;

    private static readonly TimeSpan DecreaseInterval = TimeSpan.FromMilliseconds(300);

    private double _rate = start;
    private int _sent;
    private int _lost;
    private TimeSpan _judged;
    private TimeSpan? _updated;
    private TimeSpan _decreased = TimeSpan.MinValue;

    public long Rate => (long)_rate;

    /// <summary>The share of packets lost in the last full count, 0 to 1.</summary>
    public double Loss { get; private set; }

    /// <summary>Takes what one feedback says; it is judged when there are enough packets to judge.</summary>
    public void Add(int received, int lost, long current, TimeSpan roundTrip, TimeSpan now)
    {
        _sent += received + lost;
        _lost += lost;
        // Fewer packets would take chance for a trend.
        if (_sent < MinPackets || now - _judged < Window)
            return;
        _judged = now;
        var share = Math.Max(0.0, _lost) / _sent;
        _sent = _lost = 0;
        Update(share, current, roundTrip, now);
    }

    public void Update(double loss, long current, TimeSpan roundTrip, TimeSpan now)
    {
        Loss = loss;
        var seconds = _updated is null ? 0 : Math.Min(1.0, (now - _updated.Value).TotalSeconds);
        _updated = now;
        if (loss <= Low)
        {
            _rate = Math.Min(max, Math.Max(_rate, current) * Math.Pow(1.08, seconds) + 1000 * seconds);
        }
        else if (loss > High
            && (_decreased == TimeSpan.MinValue || now - _decreased >= DecreaseInterval + roundTrip))
        {
            _decreased = now;
            _rate = Math.Max(min, Math.Min(_rate, current) * (1 - 0.5 * loss));
        }
    }

    /// <summary>A probe went through at this rate without loss that matters.</summary>
    public void Raise(long rate) => _rate = Math.Clamp(Math.Max(_rate, rate), min, max);
}
