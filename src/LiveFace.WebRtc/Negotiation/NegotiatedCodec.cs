namespace LiveFace.WebRtc.Negotiation;

/// <summary>One codec that both sides agreed on for an m-line.</summary>
internal sealed record NegotiatedCodec
{
    public required RtcCodec Codec { get; init; }

    public required byte PayloadType { get; init; }

    /// <summary>90,000 for video, 48,000 for Opus.</summary>
    public required int ClockRate { get; init; }

    public int Channels { get; init; } = 1;

    /// <summary>The format parameters as the answer states them, without the payload type.</summary>
    public string Fmtp { get; init; } = "";

    /// <summary>The payload type of its retransmissions (RFC 4588, apt), if agreed.</summary>
    public byte? RtxPayloadType { get; init; }

    /// <summary>Which feedback the rtcp-fb lines of the answer allow.</summary>
    public RtcpFeedback Feedback { get; init; }
}
