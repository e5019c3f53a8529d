using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

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
