using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Receiving;

/// <summary>Counts what one source sends and writes its report block (RFC 3550, section 6.4.1 and appendix A).</summary>
internal sealed class ReceptionStatistics(uint ssrc, int clockRate)
{
    private const long FirstTurn = 0x1_0000;

    private long _first;
    private long _highest;
    private long _counted;
    private long _expectedBefore;
    private long _receivedBefore;
    private double _jitter;
    private double _transit;
    private uint _lastTimestamp;
    private uint _senderReport;
    private TimeSpan _senderReportAt;

    public uint Ssrc { get; } = ssrc;

    public int ClockRate { get; } = clockRate;

    public long Packets { get; private set; }

    public long Bytes { get; private set; }

    public TimeSpan Jitter => TimeSpan.FromSeconds(_jitter / ClockRate);

    public long Lost => _counted == 0 ? 0 : _highest - _first + 1 - _counted;

    /// <summary>Takes a packet that came by itself, not as a retransmission.</summary>
    public void Add(long sequence, uint timestamp, int payloadSize, TimeSpan now)
    {
        var transit = now.TotalSeconds * ClockRate - timestamp;
        if (_counted == 0)
        {
            _first = _highest = sequence;
        }
        else if (timestamp != _lastTimestamp)
        {
            // Appendix A.8; the difference is of two 32-bit clocks, so its wrap is taken out. Packets of one picture
            // share a timestamp while they leave one after the other, which is no jitter of the path.
            var difference = Math.Abs(Math.IEEERemainder(transit - _transit, 4294967296.0));
            if (difference < 10.0 * ClockRate)
                _jitter += (difference - _jitter) / 16;
        }

        _transit = transit;
        _lastTimestamp = timestamp;
        _first = Math.Min(_first, sequence);
        _highest = Math.Max(_highest, sequence);
        _counted++;
        Packets++;
        Bytes += payloadSize;
    }

    /// <summary>A missing packet came by another way: as RFC 4588 has it, it is not lost any more.</summary>
    public void AddRetransmitted(int payloadSize) => Bytes += payloadSize;

    /// <summary>The source began anew at another sequence number.</summary>
    public void Restart() => _counted = _expectedBefore = _receivedBefore = 0;

    public void OnSenderReport(NtpTime ntp, TimeSpan now)
    {
        _senderReport = ntp.Compact;
        _senderReportAt = now;
    }

    public ReportBlock MakeReport(TimeSpan now)
    {
        var expected = _counted == 0 ? 0 : _highest - _first + 1;
        var expectedNow = expected - _expectedBefore;
        var lostNow = expectedNow - (_counted - _receivedBefore);
        _expectedBefore = expected;
        _receivedBefore = _counted;
        return new ReportBlock
        {
            Ssrc = Ssrc,
            FractionLost = expectedNow <= 0 || lostNow <= 0
                ? (byte)0
                : (byte)Math.Min(255, lostNow * 256 / expectedNow),
            CumulativeLost = (int)Math.Clamp(Lost, -0x80_0000, 0x7F_FFFF),
            HighestSequence = (uint)(_highest - FirstTurn),
            Jitter = (uint)_jitter,
            LastSenderReport = _senderReport,
            DelaySinceLastSenderReport = _senderReport == 0 ? 0 : NtpTime.ToCompact(now - _senderReportAt),
        };
    }
}
