using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.Vpx;

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
