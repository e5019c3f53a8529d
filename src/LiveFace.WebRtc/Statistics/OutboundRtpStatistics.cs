namespace LiveFace.WebRtc.Statistics;

/// <summary>One source that is sent (RTCOutboundRtpStreamStats with its RTCRemoteInboundRtpStreamStats).</summary>
public sealed record OutboundRtpStatistics
{
    /// <summary>The source.</summary>
    public required uint Ssrc { get; init; }

    /// <summary>The m-line.</summary>
    public required string Mid { get; init; }

    /// <summary>Sound or pictures.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>packetsSent, without retransmissions.</summary>
    public required long PacketsSent { get; init; }

    /// <summary>bytesSent, payload only.</summary>
    public required long BytesSent { get; init; }

    /// <summary>retransmittedPacketsSent.</summary>
    public required long RetransmittedPacketsSent { get; init; }

    /// <summary>framesSent.</summary>
    public required long FramesSent { get; init; }

    /// <summary>Frames dropped because the pacer was full or a key frame was missing.</summary>
    public required long FramesDropped { get; init; }

    /// <summary>nackCount: NACK packets received.</summary>
    public required long NackCount { get; init; }

    /// <summary>pliCount: PLIs received.</summary>
    public required long PliCount { get; init; }

    /// <summary>firCount: FIRs received.</summary>
    public required long FirCount { get; init; }

    /// <summary>The share of packets lost that the peer reported last, 0 to 1 (fractionLost).</summary>
    public required double FractionLost { get; init; }

    /// <summary>packetsLost that the peer reported last.</summary>
    public required long RemotePacketsLost { get; init; }

    /// <summary>jitter that the peer reported last.</summary>
    public required TimeSpan RemoteJitter { get; init; }

    /// <summary>roundTripTime of the last report.</summary>
    public required TimeSpan? RoundTripTime { get; init; }
}
