using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.Vpx;

/// <summary>vpx_codec_dec_cfg_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VpxDecoderConfiguration
{
    public uint Threads;
    public uint Width;
    public uint Height;
}
