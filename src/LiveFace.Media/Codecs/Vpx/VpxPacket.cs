using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.Vpx;

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
