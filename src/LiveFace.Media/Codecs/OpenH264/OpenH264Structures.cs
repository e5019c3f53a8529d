using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>OpenH264Version of codec_app_def.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenH264Version
{
    public uint Major;
    public uint Minor;
    public uint Revision;
    public uint Reserved;
}

/// <summary>ISVCEncoderVtbl: what a pointer to an encoder points to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct H264EncoderTable
{
    public nint Initialize;
    public delegate* unmanaged<H264EncoderTable**, H264EncoderParameters*, int> InitializeExtended;
    public delegate* unmanaged<H264EncoderTable**, H264EncoderParameters*, int> GetDefaultParameters;
    public delegate* unmanaged<H264EncoderTable**, int> Uninitialize;
    public delegate* unmanaged<H264EncoderTable**, H264SourcePicture*, byte*, int> EncodeFrame;
    public nint EncodeParameterSets;
    public delegate* unmanaged<H264EncoderTable**, byte, int> ForceIntraFrame;
    public delegate* unmanaged<H264EncoderTable**, int, void*, int> SetOption;
    public delegate* unmanaged<H264EncoderTable**, int, void*, int> GetOption;
}

/// <summary>ISVCDecoderVtbl: what a pointer to a decoder points to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct H264DecoderTable
{
    public delegate* unmanaged<H264DecoderTable**, H264DecoderParameters*, CLong> Initialize;
    public delegate* unmanaged<H264DecoderTable**, CLong> Uninitialize;
    public nint DecodeFrame;
    public delegate* unmanaged<H264DecoderTable**, byte*, int, byte**, H264BufferInfo*, int> DecodeFrameNoDelay;
    public nint DecodeFrame2;
    public delegate* unmanaged<H264DecoderTable**, byte**, H264BufferInfo*, int> FlushFrame;
    public nint DecodeParser;
    public nint DecodeFrameEx;
    public delegate* unmanaged<H264DecoderTable**, int, void*, CLong> SetOption;
    public nint GetOption;
}

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

/// <summary>SSourcePicture, with room for what 2.6 has at its end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct H264SourcePicture
{
    public const int FormatI420 = 23;

    public int Format;
    public int StrideY;
    public int StrideU;
    public int StrideV;
    public int StrideAlpha;
    public byte* Y;
    public byte* U;
    public byte* V;
    public byte* Alpha;
    public int Width;
    public int Height;
    public long Milliseconds;
    public long Reserved;
}

/// <summary>SBitrateInfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct H264Bitrate
{
    public const int AllLayers = 4;

    public int Layer;
    public int BitsPerSecond;
}

/// <summary>SDecodingParam.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct H264DecoderParameters
{
    public nint ReconstructionFile;
    public uint CpuLoad;
    public byte TargetLayer;
    public int ErrorConcealment;
    public byte ParseOnly;
    public uint VideoPropertyBytes;
    public int BitstreamType;
}

/// <summary>SBufferInfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct H264BufferInfo
{
    public int IsReady;
    public ulong InputTime;
    public ulong OutputTime;
    public int Width;
    public int Height;
    public int Format;
    public int StrideY;
    public int StrideUV;
    public byte* Y;
    public byte* U;
    public byte* V;
}

/// <summary>Option numbers of codec_app_def.h.</summary>
internal static class H264Option
{
    public const int EncoderFrameRate = 4;
    public const int EncoderBitrate = 5;
    public const int EncoderComplexity = 19;
    public const int EncoderTraceLevel = 25;
    public const int DecoderTraceLevel = 9;
    public const int DecoderEndOfStream = 1;
}
