namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// A short burst that is sent faster than the target to see whether the path bears it: at least 15 ms and five packets
/// long. What it finds is the slower of how fast it left and how fast it came.
/// </summary>
internal sealed class ProbeCluster
{
    private const int MinPackets = 5;
    private const double MinReceived = 0.8;
    private const double Slack = 0.9;

    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromSeconds(1);

    private int _sentPackets;
    private int _sentBytes;
    private int _lastSentSize;
    private TimeSpan _firstSent;
    private TimeSpan _lastSent;
    private int _receivedPackets;
    private int _receivedBytes;
    private int _firstReceivedSize;
    private TimeSpan _firstReceived;
    private TimeSpan _lastReceived;

    /// <summary>0 is no cluster.</summary>
    public int Id { get; private set; }

    public long Rate { get; private set; }

    public bool IsSending { get; private set; }

    private int BytesNeeded => (int)(Rate / 8 * Duration.TotalSeconds);

    public void Begin(int id, long rate)
    {
        Id = id;
        Rate = rate;
        IsSending = true;
        _sentPackets = _sentBytes = _receivedPackets = _receivedBytes = 0;
    }

    public void Abort() => IsSending = false;

    /// <summary>When the next packet of the burst may leave.</summary>
    public TimeSpan NextSend(TimeSpan now) =>
        _sentPackets == 0 ? now : _firstSent + TimeSpan.FromSeconds(_sentBytes * 8.0 / Rate);

    public void OnSent(int size, TimeSpan now)
    {
        if (_sentPackets == 0)
            _firstSent = now;
        _lastSent = now;
        _lastSentSize = size;
        _sentPackets++;
        _sentBytes += size;
        IsSending = _sentPackets < MinPackets || _sentBytes < BytesNeeded;
    }

    /// <summary>Gives the rate found, once enough packets of the burst have come.</summary>
    public bool TryAdd(in PacketResult packet, out long found)
    {
        found = 0;
        if (packet.Probe != Id || IsSending)
            return false;
        if (_receivedPackets == 0)
        {
            _firstReceived = packet.Arrived;
            _firstReceivedSize = packet.Size;
        }

        _lastReceived = packet.Arrived > _lastReceived || _receivedPackets == 0 ? packet.Arrived : _lastReceived;
        _receivedPackets++;
        _receivedBytes += packet.Size;
        if (_receivedPackets < _sentPackets * MinReceived || _receivedBytes < _sentBytes * MinReceived)
            return false;

        var sendTime = _lastSent - _firstSent;
        var receiveTime = _lastReceived - _firstReceived;
        if (sendTime <= TimeSpan.Zero || sendTime > MaxInterval || receiveTime <= TimeSpan.Zero
            || receiveTime > MaxInterval)
            return false;
        var sendRate = (_sentBytes - _lastSentSize) * 8 / sendTime.TotalSeconds;
        var receiveRate = (_receivedBytes - _firstReceivedSize) * 8 / receiveTime.TotalSeconds;
        if (receiveRate > 2 * sendRate) // packets were held up somewhere and let go together: nothing is learnt
            return false;
        found = (long)(receiveRate < Slack * sendRate ? 0.95 * receiveRate : Math.Min(sendRate, receiveRate));
        return true;
    }
}
