using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Sending;

/// <summary>What is counted of one outgoing source, what its sender reports say, and what the peer reports of it.</summary>
internal sealed class SenderState(uint ssrc, int clockRate, uint firstTimestamp)
{
    public uint Ssrc { get; } = ssrc;

    public MediaClock Clock { get; } = new(clockRate, firstTimestamp);

    /// <summary>The peer has reported on the source, so it knows its m-line; the MID can be left out (RFC 9143).</summary>
    public bool IsKnownToPeer { get; private set; }

    public long Packets { get; private set; }

    public long Bytes { get; private set; }

    public ReportBlock LastReport { get; private set; }

    public TimeSpan RemoteJitter => TimeSpan.FromSeconds((double)LastReport.Jitter / clockRate);

    public TimeSpan? RoundTrip { get; private set; }

    public void OnSent(int payloadSize)
    {
        Packets++;
        Bytes += payloadSize;
    }

    public SenderReport MakeReport(DateTimeOffset clockOrigin, TimeSpan now) => new()
    {
        Ssrc = Ssrc,
        Ntp = NtpTime.From(clockOrigin, now),
        RtpTimestamp = Clock.Extrapolate(now),
        PacketCount = (uint)Packets,
        OctetCount = (uint)Bytes,
    };

    /// <summary>Takes a report block; gives the round trip where it tells one (RFC 3550, section 6.4.1).</summary>
    public TimeSpan? OnReport(in ReportBlock block, NtpTime now)
    {
        IsKnownToPeer = true;
        LastReport = block;
        if (block.LastSenderReport == 0)
            return null;
        var compact = now.Compact - block.LastSenderReport - block.DelaySinceLastSenderReport;
        if (compact > 30 << 16) // Negative by rounding, or not of our clock.
            return (int)compact > -66 && (int)compact < 0 ? RoundTrip = TimeSpan.FromMilliseconds(1) : null;
        RoundTrip = NtpTime.FromCompact(Math.Max(compact, 1));
        return RoundTrip;
    }
}
