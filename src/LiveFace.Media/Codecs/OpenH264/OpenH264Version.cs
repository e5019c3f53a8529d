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
