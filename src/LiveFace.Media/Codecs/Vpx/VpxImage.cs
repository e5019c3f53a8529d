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
