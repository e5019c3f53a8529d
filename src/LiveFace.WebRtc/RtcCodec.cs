namespace LiveFace.WebRtc;

/// <summary>The codecs whose RTP payload formats are spoken.</summary>
public enum RtcCodec
{
    /// <summary>VP8, RFC 7741.</summary>
    Vp8,

    /// <summary>VP9, RFC 9628.</summary>
    Vp9,

    /// <summary>H.264 with packetization-mode 1, RFC 6184. Whole frames are in Annex B form (start codes).</summary>
    H264,

    /// <summary>Opus, RFC 7587.</summary>
    Opus,
}
