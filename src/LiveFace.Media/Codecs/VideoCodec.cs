namespace LiveFace.Media.Codecs;

/// <summary>The video codecs that are spoken live.</summary>
public enum VideoCodec
{
    /// <summary>VP8 (RFC 6386), by libvpx.</summary>
    Vp8,

    /// <summary>VP9, profile 0, by libvpx.</summary>
    Vp9,

    /// <summary>H.264, constrained baseline out and up to high in, by OpenH264.</summary>
    H264,
}
