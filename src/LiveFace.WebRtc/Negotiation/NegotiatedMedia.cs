using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Negotiation;

/// <summary>What offer and answer agreed on for one m-line, as far as media cares.</summary>
internal sealed record NegotiatedMedia
{
    public required string Mid { get; init; }

    public required MediaKind Kind { get; init; }

    /// <summary>Seen from our side.</summary>
    public required MediaDirection Direction { get; init; }

    /// <summary>The codecs of the answer in its order.</summary>
    public required IReadOnlyList<NegotiatedCodec> Codecs { get; init; }

    public HeaderExtensionIds Extensions { get; init; }

    /// <summary>The peer's media sources, where its a=ssrc lines name them.</summary>
    public IReadOnlyList<RemoteSource> RemoteSources { get; init; } = [];

    /// <summary>
    /// Our own source. Given for every m-line that is not inactive: one that only receives needs it as the sender of
    /// its RTCP.
    /// </summary>
    public required uint LocalSsrc { get; init; }

    /// <summary>Our source of retransmissions, 0 when no codec has RTX.</summary>
    public uint LocalRtxSsrc { get; init; }

    /// <summary>a=rtcp-rsize (RFC 5506).</summary>
    public bool ReducedSizeRtcp { get; init; }
}

/// <summary>One source of the peer and, if an FID group names it, the source of its retransmissions.</summary>
internal readonly record struct RemoteSource(uint Ssrc, uint RtxSsrc = 0);
