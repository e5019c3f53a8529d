namespace LiveFace.Media.Codecs.Vpx;

/// <summary>Control numbers of vp8cx.h and vp8dx.h.</summary>
internal static class VpxControl
{
    public const int CpuUsed = 13;
    public const int AutoAltReference = 14;
    public const int Vp8NoiseSensitivity = 15;
    public const int StaticThreshold = 17;
    public const int TokenPartitions = 18;
    public const int MaximumIntraBitratePercent = 26;
    public const int Vp8ScreenContent = 31;
    public const int Vp9TileColumns = 33;
    public const int Vp9FrameParallelDecoding = 35;
    public const int Vp9AdaptiveQuantization = 36;
    public const int Vp9NoiseSensitivity = 38;
    public const int Vp9TuneContent = 43;
    public const int Vp9RowThreads = 55;
    public const int FrameCorrupted = 257;
    public const int Vp9DecoderRowThreads = 268;
}
