namespace LiveFace.WebRtc.Negotiation;

/// <summary>The kinds of RTCP feedback that an m-line's codec agreed to (a=rtcp-fb).</summary>
[Flags]
internal enum RtcpFeedback
{
    None = 0,

    /// <summary>nack (RFC 4585, section 6.2.1).</summary>
    Nack = 1,

    /// <summary>nack pli (RFC 4585, section 6.3.1).</summary>
    PictureLoss = 2,

    /// <summary>ccm fir (RFC 5104, section 4.3.1).</summary>
    FullIntraRequest = 4,

    /// <summary>goog-remb (draft-alvestrand-rmcat-remb).</summary>
    Remb = 8,

    /// <summary>transport-cc (draft-holmer-rmcat-transport-wide-cc-extensions).</summary>
    TransportWide = 16,
}
