using LiveFace.WebRtc.Rtcp;

namespace LiveFace.WebRtc.Receiving;

/// <summary>Where the RTP clock of one source stands against its sender's wall clock (RFC 3550, section 6.4.1).</summary>
internal sealed class SourceClock(SenderClock sender, int clockRate)
{
    private long _ntpTicks;
    private uint _timestamp;
    private bool _known;

    public void OnSenderReport(in SenderReport report, TimeSpan now)
    {
        sender.OnSenderReport(report.Ntp, now);
        _ntpTicks = report.Ntp.Ticks;
        _timestamp = report.RtpTimestamp;
        _known = report.Ntp.Value != 0;
    }

    public TimeSpan? CaptureTime(uint timestamp)
    {
        if (!_known)
            return null;
        var since = (int)(timestamp - _timestamp);
        return sender.ToLocal(_ntpTicks + since * TimeSpan.TicksPerSecond / clockRate);
    }
}
