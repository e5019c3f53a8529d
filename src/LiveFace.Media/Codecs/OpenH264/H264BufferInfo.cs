using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

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
