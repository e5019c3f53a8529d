using System.Runtime.InteropServices;
using LiveFace.Media.Native;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>The functions that OpenH264 exports; the rest is reached through tables of function pointers.</summary>
internal static unsafe partial class OpenH264Library
{
    private const string Import = "openh264";

    static OpenH264Library()
    {
        NativeLibraries.Declare(typeof(OpenH264Library).Assembly, Name);
        var version = ReadVersion();
        HasQualityNumbers = (version.Major, version.Minor).CompareTo((2, 6)) >= 0;
        Version = $"{version.Major}.{version.Minor}.{version.Revision}";
    }

    /// <summary>Sonames of 2.1 to 2.6, the oldest with all that is used here.</summary>
    public static NativeLibraryName Name { get; } = new(
        Import, "libopenh264-7", "libopenh264.so.7", "libopenh264.so.8", "libopenh264.so.6", "libopenh264.so");

    /// <summary>Of the library that is loaded.</summary>
    public static string Version { get; }

    /// <summary>From 2.6 on, what describes a layer carries three more numbers.</summary>
    public static bool HasQualityNumbers { get; }

    [LibraryImport(Import, EntryPoint = "WelsCreateSVCEncoder")]
    public static partial int CreateEncoder(H264EncoderTable*** encoder);

    [LibraryImport(Import, EntryPoint = "WelsDestroySVCEncoder")]
    public static partial void DestroyEncoder(H264EncoderTable** encoder);

    [LibraryImport(Import, EntryPoint = "WelsCreateDecoder")]
    public static partial CLong CreateDecoder(H264DecoderTable*** decoder);

    [LibraryImport(Import, EntryPoint = "WelsDestroyDecoder")]
    public static partial void DestroyDecoder(H264DecoderTable** decoder);

    [LibraryImport(Import, EntryPoint = "WelsGetCodecVersionEx")]
    private static partial void GetVersion(OpenH264Version* version);

    private static OpenH264Version ReadVersion()
    {
        OpenH264Version version = default;
        GetVersion(&version);
        return version;
    }
}
