using System.Runtime.InteropServices;
using LiveFace.Media.Native;

namespace LiveFace.Media.Images.WebP;

/// <summary>libwebp, as far as it is used.</summary>
internal static unsafe partial class LibWebP
{
    /// <summary>Interface versions that every libwebp 1.x answers to (it compares the upper byte alone).</summary>
    public const int DecoderVersion = 0x0209;
    public const int EncoderVersion = 0x020F;

    private const string Library = "webp";

    static LibWebP() => NativeLibraries.Declare(typeof(LibWebP).Assembly,
        new NativeLibraryName(Library, "libwebp7", "libwebp.so.7", "libwebp.so.8", "libwebp.so"));

    /// <summary>Of the library that is loaded.</summary>
    public static string ReadVersion() => $"{Version() >> 16}.{(Version() >> 8) & 0xFF}.{Version() & 0xFF}";

    [LibraryImport(Library, EntryPoint = "WebPGetDecoderVersion")]
    private static partial int Version();

    [LibraryImport(Library, EntryPoint = "WebPGetFeaturesInternal")]
    public static partial int GetFeatures(byte* file, nuint bytes, WebPFeatures* features, int version);

    [LibraryImport(Library, EntryPoint = "WebPDecodeYUVInto")]
    public static partial byte* DecodePlanes(
        byte* file, nuint bytes, byte* y, nuint yBytes, int yStride, byte* u, nuint uBytes, int uStride, byte* v,
        nuint vBytes, int vStride);

    [LibraryImport(Library, EntryPoint = "WebPDecodeRGBAInto")]
    public static partial byte* DecodeRgba(byte* file, nuint bytes, byte* pixels, nuint pixelBytes, int stride);

    [LibraryImport(Library, EntryPoint = "WebPConfigInitInternal")]
    public static partial int InitConfig(WebPConfig* config, int preset, float quality, int version);

    [LibraryImport(Library, EntryPoint = "WebPPictureInitInternal")]
    public static partial int InitPicture(WebPPicture* picture, int version);

    [LibraryImport(Library, EntryPoint = "WebPEncode")]
    public static partial int Encode(WebPConfig* config, WebPPicture* picture);
}

/// <summary>What a file's header says, as <c>WebPBitstreamFeatures</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 40)]
internal struct WebPFeatures
{
    public int Width;
    public int Height;
    public int HasAlpha;
    public int HasAnimation;
    public int Format;
}

/// <summary>Encoder settings, as <c>WebPConfig</c>; the library fills them in and only these are changed.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct WebPConfig
{
    [FieldOffset(4)]
    public float Quality;

    [FieldOffset(8)]
    public int Method;
}

/// <summary>The picture to encode, as <c>WebPPicture</c> on 64-bit systems.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal unsafe struct WebPPicture
{
    [FieldOffset(8)]
    public int Width;

    [FieldOffset(12)]
    public int Height;

    [FieldOffset(16)]
    public byte* Y;

    [FieldOffset(24)]
    public byte* U;

    [FieldOffset(32)]
    public byte* V;

    [FieldOffset(40)]
    public int StrideY;

    [FieldOffset(44)]
    public int StrideUV;

    [FieldOffset(96)]
    public delegate* unmanaged<byte*, nuint, WebPPicture*, int> Writer;

    [FieldOffset(104)]
    public nint State;

    [FieldOffset(136)]
    public int Error;
}
