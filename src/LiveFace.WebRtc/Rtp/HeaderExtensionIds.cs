namespace LiveFace.WebRtc.Rtp;

/// <summary>Under which ids (a=extmap) the header extensions of an m-line travel; 0 means not agreed.</summary>
internal readonly record struct HeaderExtensionIds
{
    /// <summary>urn:ietf:params:rtp-hdrext:sdes:mid (RFC 9143).</summary>
    public byte Mid { get; init; }

    /// <summary>http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01</summary>
    public byte TransportSequence { get; init; }

    /// <summary>http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time</summary>
    public byte AbsoluteSendTime { get; init; }

    /// <summary>urn:3gpp:video-orientation</summary>
    public byte VideoOrientation { get; init; }

    /// <summary>http://www.webrtc.org/experiments/rtp-hdrext/playout-delay</summary>
    public byte PlayoutDelay { get; init; }

    /// <summary>urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id (RFC 8852).</summary>
    public byte StreamId { get; init; }

    /// <summary>urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id (RFC 8852).</summary>
    public byte RepairedStreamId { get; init; }
}
