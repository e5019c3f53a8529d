namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// What the path from the peer bears, for a peer that takes REMB and has no transport-wide feedback: the same detector,
/// fed with the send times that packets carry (abs-send-time).
/// </summary>
internal sealed class ReceiveSideEstimator
{
    private const long Min = 100_000;
    private const long Max = 20_000_000;
    private const long Start = 1_000_000;
    private const int FractionBits = 18;
    private const int WrapBits = 24;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly PacketGroups _groups = new();
    private readonly TrendlineEstimator _trend = new();
    private readonly OveruseDetector _detector = new();
    private readonly StandingQueue _queue = new();
    private readonly RateWindow _incoming = new();
    private readonly AimdRateControl _rate = new(Start, Min, Max);
    private long _sendTime;
    private uint _lastSendTime;
    private bool _begun;
    private TimeSpan _updated;

    public long Estimate => _rate.Rate;

    /// <summary>Takes a packet; true when the estimate fell, which the peer should hear at once.</summary>
    public bool Add(uint absoluteSendTime, int size, TimeSpan roundTrip, TimeSpan now)
    {
        // The 24 bits wrap every 64 s; the nearest to the last is meant.
        var step = (int)(absoluteSendTime - _lastSendTime << 32 - WrapBits) >> 32 - WrapBits;
        _sendTime = _begun ? _sendTime + step : 0;
        _lastSendTime = absoluteSendTime;
        _begun = true;
        _incoming.Add(size, now);

        var sent = new TimeSpan(_sendTime * TimeSpan.TicksPerSecond >> FractionBits);
        var packet = new PacketResult(sent, now, size, 0);
        _queue.Add(packet);
        if (_groups.TryAdd(packet, out var sentDelta, out var arrivedDelta))
        {
            _trend.Add(sentDelta, arrivedDelta, now);
            _detector.Update(_trend.Slope, _trend.Count, sentDelta, now);
        }

        if (now - _updated < Interval && _detector.State != BandwidthUsage.Overuse)
            return false;
        _updated = now;
        var before = _rate.Rate;
        _rate.Update(_detector.State, _queue.Take(), _incoming.BitsPerSecond(now), roundTrip, now);
        return _rate.Rate < before * 0.97;
    }
}
