using LiveFace.WebRtc.Statistics;

namespace LiveFace.WebRtc.Sessions;

/// <summary>Reads the counters of a session into webrtc-stats.</summary>
internal static class StatisticsReader
{
    public static IReadOnlyList<InboundRtpStatistics> ReadInbound(IEnumerable<InboundSource> sources)
    {
        var list = new List<InboundRtpStatistics>();
        foreach (var source in sources)
        {
            if (source.Statistics is not { } statistics)
                continue;
            list.Add(new InboundRtpStatistics
            {
                Ssrc = statistics.Ssrc,
                Mid = source.Line.Media.Mid,
                Kind = source.Line.Media.Kind,
                Codec = source.Video?.Codec ?? RtcCodec.Opus,
                PacketsReceived = statistics.Packets,
                PacketsLost = statistics.Lost,
                Jitter = statistics.Jitter,
                BytesReceived = statistics.Bytes,
                RetransmittedPacketsReceived = source.Video?.Retransmitted ?? 0,
                PacketsDiscarded = source.Video?.Discarded ?? source.Audio?.Discarded ?? 0,
                FramesReceived = source.Video?.Frames ?? 0,
                KeyFramesReceived = source.Video?.KeyFramesHandedOver ?? 0,
                FramesDropped = source.Video?.FramesDropped ?? 0,
                NackCount = source.Line.Counters.NacksSent,
                PliCount = source.Line.Counters.PliSent,
                FirCount = source.Line.Counters.FirSent,
            });
        }

        return list;
    }

    public static IReadOnlyList<OutboundRtpStatistics> ReadOutbound(IEnumerable<MediaLine> lines)
    {
        var list = new List<OutboundRtpStatistics>();
        foreach (var line in lines)
        {
            if (line.Sender is not { } sender)
                continue;
            list.Add(new OutboundRtpStatistics
            {
                Ssrc = sender.Ssrc,
                Mid = line.Media.Mid,
                Kind = line.Media.Kind,
                PacketsSent = sender.Packets,
                BytesSent = sender.Bytes,
                RetransmittedPacketsSent = line.Video?.RetransmittedPackets ?? 0,
                FramesSent = line.Video?.Frames ?? 0,
                FramesDropped = line.Video?.FramesDropped ?? 0,
                NackCount = line.Counters.NacksReceived,
                PliCount = line.Counters.PliReceived,
                FirCount = line.Counters.FirReceived,
                FractionLost = sender.LastReport.FractionLost / 256.0,
                RemotePacketsLost = sender.LastReport.CumulativeLost,
                RemoteJitter = sender.RemoteJitter,
                RoundTripTime = sender.RoundTrip,
            });
        }

        return list;
    }
}
