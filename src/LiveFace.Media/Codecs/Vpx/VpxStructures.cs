using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.Vpx;

/// <summary>vpx_image_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VpxImage
{
    public const int FormatI420 = 0x102;

    public int Format;
    public int ColourSpace;
    public int Range;
    public uint StoredWidth;
    public uint StoredHeight;
    public uint BitDepth;
    public uint Width;
    public uint Height;
    public uint RenderWidth;
    public uint RenderHeight;
    public uint ChromaShiftX;
    public uint ChromaShiftY;
    public byte* Y;
    public byte* U;
    public byte* V;
    public byte* Alpha;
    public int StrideY;
    public int StrideU;
    public int StrideV;
    public int StrideAlpha;
    public int BitsPerSample;
    public nint User;
    public nint Data;
    public int OwnsData;
    public int SelfAllocated;
    public nint FrameBuffer;
}

/// <summary>vpx_codec_dec_cfg_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VpxDecoderConfiguration
{
    public uint Threads;
    public uint Width;
    public uint Height;
}

/// <summary>The beginning of vpx_codec_cx_pkt_t, for a packet of a frame.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VpxPacket
{
    public const int KindFrame = 0;
    public const uint FlagKeyFrame = 1;

    public int Kind;
    public byte* Data;
    public nuint Length;
    public long Time;
    public nuint Duration;
    public uint Flags;
}

/// <summary>
/// The beginning of vpx_codec_enc_cfg_t, which has been the same since 1.8. The library fills and reads more; whoever
/// holds one gives it <see cref="Bytes"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VpxEncoderConfiguration
{
    /// <summary>Room for the structure of any version; 1.12 takes 504.</summary>
    public const int Bytes = 4096;

    public uint Usage;
    public uint Threads;
    public uint Profile;
    public uint Width;
    public uint Height;
    public int BitDepth;
    public uint InputBitDepth;
    public int TimebaseNumerator;
    public int TimebaseDenominator;
    public uint ErrorResilient;
    public int Pass;
    public uint LagInFrames;
    public uint DropFrameThreshold;
    public uint ResizeAllowed;
    public uint ScaledWidth;
    public uint ScaledHeight;
    public uint ResizeUpThreshold;
    public uint ResizeDownThreshold;
    public int RateControl;
    public nint TwoPassStatistics;
    public nuint TwoPassStatisticsLength;
    public nint FirstPassStatistics;
    public nuint FirstPassStatisticsLength;
    public uint TargetKilobits;
    public uint MinimumQuantizer;
    public uint MaximumQuantizer;
    public uint UndershootPercent;
    public uint OvershootPercent;
    public uint BufferMilliseconds;
    public uint BufferInitialMilliseconds;
    public uint BufferOptimalMilliseconds;
    public uint TwoPassBias;
    public uint TwoPassMinimum;
    public uint TwoPassMaximum;
    public uint TwoPassComplexity;
    public int KeyFrameMode;
    public uint KeyFrameMinimumDistance;
    public uint KeyFrameMaximumDistance;
}

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
