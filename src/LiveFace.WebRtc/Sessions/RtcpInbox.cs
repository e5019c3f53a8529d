using LiveFace.WebRtc.Congestion;
using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Sessions;

/// <summary>Reads what the peer reports and asks for, and gives each part to whom it concerns.</summary>
internal sealed class RtcpInbox(
    InboundSources sources, BandwidthEstimator bandwidth, PathTiming timing, DateTimeOffset clockOrigin)
{
    private MediaLine[] _lines = [];

    public long Malformed { get; private set; }

    public void SetLines(MediaLine[] lines) => _lines = lines;

    public void Receive(ReadOnlySpan<byte> data, TimeSpan now)
    {
        var reader = new RtcpReader(data);
        while (reader.TryRead(out var packet))
        {
            switch (packet.Type)
            {
                case RtcpType.SenderReport:
                    OnSenderReport(packet, now);
                    OnReportBlocks(packet, now);
                    break;
                case RtcpType.ReceiverReport:
                    OnReportBlocks(packet, now);
                    break;
                case RtcpType.Goodbye:
                    OnGoodbye(packet);
                    break;
                case RtcpType.TransportFeedback:
                    OnTransportFeedback(packet, now);
                    break;
                case RtcpType.PayloadFeedback:
                    OnPayloadFeedback(packet, now);
                    break;
            }
        }

        if (reader.IsMalformed)
            Malformed++;
    }

    private void OnSenderReport(in RtcpPacket packet, TimeSpan now)
    {
        if (!SenderReport.TryRead(packet, out var report) || sources.Find(report.Ssrc) is not { } source)
            return;
        source.Clock?.OnSenderReport(report, now);
        source.Statistics?.OnSenderReport(report.Ntp, now);
    }

    private void OnReportBlocks(in RtcpPacket packet, TimeSpan now)
    {
        var reader = new ReportBlockReader(packet);
        var worst = -1;
        while (reader.TryRead(out var block))
        {
            if (LineSending(block.Ssrc) is not { Sender: { } sender })
                continue;
            if (sender.OnReport(block, NtpTime.From(clockOrigin, now)) is { } roundTrip)
                timing.OnReported(roundTrip);
            worst = Math.Max(worst, block.FractionLost);
        }

        if (worst >= 0)
            bandwidth.OnReceiverReport(worst / 256.0, now);
    }

    private void OnGoodbye(in RtcpPacket packet)
    {
        for (var i = 0; i < packet.Count && packet.Body.Length >= (i + 1) * 4; i++)
            sources.Remove(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(packet.Body[(i * 4)..]));
    }

    private void OnTransportFeedback(in RtcpPacket packet, TimeSpan now)
    {
        switch (packet.Count)
        {
            case RtcpType.FormatNack when LineSending(packet.MediaSsrc) is { Video: { } video } line:
                line.Counters.NacksReceived++;
                var nacks = new NackReader(packet.Fci);
                while (nacks.TryRead(out var sequence))
                    video.OnNack(sequence, timing.RoundTrip, now);
                break;
            case RtcpType.FormatTransportWide:
                if (TransportFeedbackReader.TryParse(packet.Fci, out var feedback))
                    bandwidth.OnTransportFeedback(feedback, now);
                else
                    Malformed++;
                break;
        }
    }

    private void OnPayloadFeedback(in RtcpPacket packet, TimeSpan now)
    {
        switch (packet.Count)
        {
            case RtcpType.FormatPli when LineSending(packet.MediaSsrc) is { Video: { } video } line:
                line.Counters.PliReceived++;
                video.KeyFrames.Request(timing.RoundTrip, now);
                break;
            case RtcpType.FormatFir:
                OnFullIntraRequest(packet, now);
                break;
            case RtcpType.FormatApplication:
                if (ReceiverEstimatedBitrate.TryRead(packet.Fci, out var bitsPerSecond))
                    bandwidth.OnRemb(bitsPerSecond);
                break;
        }
    }

    private void OnFullIntraRequest(in RtcpPacket packet, TimeSpan now)
    {
        var entries = new FullIntraRequest(packet.Fci);
        while (entries.TryRead(out var ssrc, out var sequence))
        {
            if (LineSending(ssrc) is not { Video: { } video } line)
                continue;
            line.Counters.FirReceived++;
            // A repeated number is the same request again (RFC 5104, section 4.3.1.2).
            if (line.Counters.LastFirSequence == sequence)
                continue;
            line.Counters.LastFirSequence = sequence;
            video.KeyFrames.Request(timing.RoundTrip, now);
        }
    }

    private MediaLine? LineSending(uint ssrc)
    {
        foreach (var line in _lines)
        {
            if (line.Sender?.Ssrc == ssrc)
                return line;
        }

        return null;
    }
}
