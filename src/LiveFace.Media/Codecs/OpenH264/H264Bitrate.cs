using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>SBitrateInfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct H264Bitrate
{
    public const int AllLayers = 4;

    public int Layer;
    public int BitsPerSecond;
}
