namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>NAL unit types of H.264 (ITU-T H.264, table 7-1) and of its RTP payload (RFC 6184, table 1).</summary>
internal static class H264Nal
{
    public const int Idr = 5;
    public const int Sps = 7;
    public const int LastSingle = 23;
    public const int StapA = 24;
    public const int FuA = 28;

    public const int TypeMask = 0x1F;
    public const int FuStart = 0x80;
    public const int FuEnd = 0x40;

    /// <summary>A picture begins to be decodable at parameter sets or at an IDR slice.</summary>
    public static bool BeginsKeyFrame(int type) => type is Idr or Sps;
}
