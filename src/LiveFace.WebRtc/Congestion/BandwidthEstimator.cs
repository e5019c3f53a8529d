using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// How much may be sent, as draft-ietf-rmcat-gcc has it: the smaller of what delays and losses allow. Read from
/// transport-wide feedback; from receiver reports and REMB where there is none.
/// </summary>
internal sealed class BandwidthEstimator
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan Check = TimeSpan.FromMilliseconds(100);

    private readonly long _min;
    private readonly long _max;
    private readonly PacketGroups _groups = new();
    private readonly TrendlineEstimator _trend = new();
    private readonly OveruseDetector _detector = new();
    private readonly StandingQueue _queue = new();
    private readonly RateWindow _acknowledged = new();
    private readonly RateWindow _sentRate = new();
    private readonly AimdRateControl _delayBased;
    private readonly LossBasedControl _lossBased;
    private readonly ProbeSchedule _probes;
    private TimestampUnwrapper _arrivals;
    private TimeSpan _lastArrival;
    private TimeSpan _heard;
    private bool _hasFeedback;
    private long _remb = long.MaxValue;

    public BandwidthEstimator(long start, long min, long max)
    {
        _min = min;
        _max = max;
        _delayBased = new AimdRateControl(start, min, max);
        _lossBased = new LossBasedControl(start, min, max);
        _probes = new ProbeSchedule(max);
        Target = Math.Clamp(start, min, max);
    }

    public SentPackets Sent { get; } = new();

    public long Target { get; private set; }

    public TimeSpan RoundTrip { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The burst that is being sent, or null.</summary>
    public ProbeCluster? Probe => _probes.Cluster.IsSending ? _probes.Cluster : null;

    /// <summary>When the next probe or check of silence may be due.</summary>
    public TimeSpan NextDeadline { get; private set; } = TimeSpan.MaxValue;

    /// <summary>A packet left; it carried <see cref="SentPackets.NextSequence"/>.</summary>
    public void OnSent(int size, bool isProbe, TimeSpan now)
    {
        if (!Sent.Any)
            _heard = now;
        Sent.Add(size, isProbe ? _probes.Cluster.Id : 0, now);
        _sentRate.Add(size, now);
        if (isProbe)
            _probes.Cluster.OnSent(size, now);
    }

    public void OnTransportFeedback(TransportFeedbackReader feedback, TimeSpan now)
    {
        int received = 0, lost = 0;
        while (feedback.TryRead(out var sequence, out var came, out var ticks))
        {
            if (!came)
            {
                lost += Sent.TryMarkMissing(sequence) ? 1 : 0;
                continue;
            }

            var arrived = new TimeSpan(_arrivals.Unwrap((uint)ticks) * TransportFeedbackReader.Tick.Ticks);
            if (!Sent.TryTake(sequence, out var sent, out var size, out var probe, out var wasMissing))
                continue;
            received++;
            lost -= wasMissing ? 1 : 0;
            OnArrival(new PacketResult(sent, arrived, size, probe), now);
        }

        if (received == 0)
            return;
        if (!_hasFeedback)
            NextDeadline = now;
        _hasFeedback = true;
        _heard = now;
        _lossBased.Add(received, lost, Target, RoundTrip, now);
        _delayBased.Update(_detector.State, _queue.Take(), _acknowledged.BitsPerSecond(_lastArrival), RoundTrip, now);
        Combine();
    }

    /// <summary>Takes the loss of a receiver report, where no transport-wide feedback tells more.</summary>
    public void OnReceiverReport(double fractionLost, TimeSpan now)
    {
        if (_hasFeedback)
            return;
        _lossBased.Update(fractionLost, Target, RoundTrip, now);
        Combine();
    }

    public void OnRemb(long bitsPerSecond)
    {
        _remb = Math.Max(bitsPerSecond, _min);
        Combine();
    }

    /// <summary>Begins probes and yields when the peer has fallen silent.</summary>
    public void Poll(TimeSpan now)
    {
        if (!_hasFeedback)
            return;
        NextDeadline = now + Check;
        if (now - _heard > Silence)
        {
            _heard = now;
            if (_sentRate.BitsPerSecond(now) > 0)
                _delayBased.SetRate(Target / 2);
            Combine();
        }

        var sending = _sentRate.BitsPerSecond(now) ?? 0;
        _probes.Poll(Target, _delayBased.LastDecrease, sending < Target / 2, now);
    }

    private void OnArrival(in PacketResult packet, TimeSpan now)
    {
        if (packet.Arrived > _lastArrival)
            _lastArrival = packet.Arrived;
        _acknowledged.Add(packet.Size, packet.Arrived);
        _queue.Add(packet);
        if (packet.Probe != 0 && _probes.Cluster.TryAdd(packet, out var found))
        {
            if (found > _delayBased.Rate)
            {
                _delayBased.SetRate(found);
                _lossBased.Raise(found);
            }

            _probes.OnResult(found, now);
        }

        if (!_groups.TryAdd(packet, out var sentDelta, out var arrivedDelta))
            return;
        _trend.Add(sentDelta, arrivedDelta, packet.Arrived);
        _detector.Update(_trend.Slope, _trend.Count, sentDelta, packet.Arrived);
    }

    private void Combine()
    {
        var delay = _hasFeedback ? _delayBased.Rate : _max;
        Target = Math.Clamp(Math.Min(Math.Min(delay, _lossBased.Rate), _remb), _min, _max);
    }
}
