using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>
/// The fields of SEncParamExt that are set, at their offsets; the library fills in the others. 2.6 has four bytes more
/// than 2.3, and there is room for them.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 1024)]
internal struct H264EncoderParameters
{
    public const int RateControlBitrate = 1;
    public const int ProfileBaseline = 66;
    public const int SlicesByCount = 1;

    [FieldOffset(0)]
    public int Usage;
    [FieldOffset(4)]
    public int Width;
    [FieldOffset(8)]
    public int Height;
    [FieldOffset(12)]
    public int TargetBitsPerSecond;
    [FieldOffset(16)]
    public int RateControl;
    [FieldOffset(20)]
    public float MaximumFrameRate;
    [FieldOffset(24)]
    public int TemporalLayers;
    [FieldOffset(28)]
    public int SpatialLayers;

    // The one layer.
    [FieldOffset(32)]
    public int LayerWidth;
    [FieldOffset(36)]
    public int LayerHeight;
    [FieldOffset(40)]
    public float LayerFrameRate;
    [FieldOffset(44)]
    public int LayerBitsPerSecond;
    [FieldOffset(48)]
    public int LayerMaximumBitsPerSecond;
    [FieldOffset(52)]
    public int LayerProfile;
    [FieldOffset(64)]
    public int SliceMode;
    [FieldOffset(68)]
    public uint SliceCount;

    [FieldOffset(832)]
    public int Complexity;
    [FieldOffset(836)]
    public uint IntraPeriod;
    [FieldOffset(840)]
    public int ReferenceFrames;
    [FieldOffset(844)]
    public int ParameterSetStrategy;
    [FieldOffset(848)]
    public byte AddPrefixNal;
    [FieldOffset(852)]
    public int Padding;
    [FieldOffset(856)]
    public int EntropyCoding;
    [FieldOffset(860)]
    public byte SkipFrames;
    [FieldOffset(864)]
    public int MaximumBitsPerSecond;
    [FieldOffset(868)]
    public int MaximumQuantizer;
    [FieldOffset(872)]
    public int MinimumQuantizer;
    [FieldOffset(880)]
    public byte LongTermReferences;
    [FieldOffset(892)]
    public ushort Threads;
    [FieldOffset(894)]
    public byte BalanceLoad;
    [FieldOffset(908)]
    public byte Denoise;
    [FieldOffset(909)]
    public byte DetectBackground;
    [FieldOffset(910)]
    public byte AdaptiveQuantization;
    [FieldOffset(912)]
    public byte DetectSceneChange;
    [FieldOffset(916)]
    public int KeyFramePercent;
}
