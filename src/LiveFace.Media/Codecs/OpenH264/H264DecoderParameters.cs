using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

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
