namespace LiveFace.WebRtc.Statistics;

/// <summary>One source that is received (RTCInboundRtpStreamStats).</summary>
public sealed record InboundRtpStatistics
{
    /// <summary>The source.</summary>
    public required uint Ssrc { get; init; }

    /// <summary>The m-line.</summary>
    public required string Mid { get; init; }

    /// <summary>Sound or pictures.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>The codec of the last packet.</summary>
    public required RtcCodec Codec { get; init; }

    /// <summary>packetsReceived.</summary>
    public required long PacketsReceived { get; init; }

    /// <summary>packetsLost, as RFC 3550 counts it.</summary>
    public required long PacketsLost { get; init; }

    /// <summary>jitter.</summary>
    public required TimeSpan Jitter { get; init; }

    /// <summary>bytesReceived, payload only.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>retransmittedPacketsReceived.</summary>
    public required long RetransmittedPacketsReceived { get; init; }

    /// <summary>packetsDiscarded: duplicates and what came too late.</summary>
    public required long PacketsDiscarded { get; init; }

    /// <summary>framesReceived: whole frames handed over.</summary>
    public required long FramesReceived { get; init; }

    /// <summary>Of those, key frames.</summary>
    public required long KeyFramesReceived { get; init; }

    /// <summary>framesDropped: frames or parts of frames given up.</summary>
    public required long FramesDropped { get; init; }

    /// <summary>nackCount: NACK packets sent.</summary>
    public required long NackCount { get; init; }

    /// <summary>pliCount: key frames asked for by PLI.</summary>
    public required long PliCount { get; init; }

    /// <summary>firCount: key frames asked for by FIR.</summary>
    public required long FirCount { get; init; }
}
