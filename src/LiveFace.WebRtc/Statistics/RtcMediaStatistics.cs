namespace LiveFace.WebRtc.Statistics;

/// <summary>A snapshot of a session in the shape of W3C webrtc-stats.</summary>
public sealed record RtcMediaStatistics
{
    /// <summary>What comes in, one entry a source.</summary>
    public required IReadOnlyList<InboundRtpStatistics> Inbound { get; init; }

    /// <summary>What goes out, one entry a source, with what the peer reports of it.</summary>
    public required IReadOnlyList<OutboundRtpStatistics> Outbound { get; init; }

    /// <summary>What the path is thought to bear, in bits per second (availableOutgoingBitrate).</summary>
    public required long AvailableOutgoingBitrate { get; init; }

    /// <summary>The last round trip read from RTCP (currentRoundTripTime); null until one was.</summary>
    public required TimeSpan? CurrentRoundTripTime { get; init; }

    /// <summary>Packets that fit no m-line.</summary>
    public required long PacketsUnknown { get; init; }

    /// <summary>Packets, RTP and RTCP, that could not be read.</summary>
    public required long PacketsMalformed { get; init; }
}
