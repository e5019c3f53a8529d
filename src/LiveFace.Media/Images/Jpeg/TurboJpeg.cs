using System.Runtime.InteropServices;
using LiveFace.Media.Native;

namespace LiveFace.Media.Images.Jpeg;

/// <summary>libturbojpeg's interface of version 2, as far as it is used.</summary>
internal static unsafe partial class TurboJpeg
{
    public const int Sampling420 = 2;
    public const int SamplingGrey = 3;
    public const int SpaceYcbcr = 1;
    public const int SpaceGrey = 2;
    public const int SpaceCmyk = 3;
    public const int SpaceYcck = 4;
    public const int PixelsRgba = 7;
    public const int PixelsCmyk = 11;

    /// <summary>A progressive file with thousands of scans costs minutes; this stops at 500.</summary>
    public const int LimitScans = 32768;

    public const int AccurateDct = 4096;

    private const string Library = "turbojpeg";

    static TurboJpeg() => NativeLibraries.Declare(typeof(TurboJpeg).Assembly,
        new NativeLibraryName(Library, "libturbojpeg0", "libturbojpeg.so.0", "libturbojpeg.so"));

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    public static partial nint InitCompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(
        TurboJpegHandle handle, byte* file, nuint bytes, out int width, out int height, out int sampling, out int space);

    [LibraryImport(Library, EntryPoint = "tjDecompressToYUVPlanes")]
    public static partial int DecompressToPlanes(
        TurboJpegHandle handle, byte* file, nuint bytes, byte** planes, int width, int* strides, int height, int flags);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        TurboJpegHandle handle, byte* file, nuint bytes, byte* pixels, int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library, EntryPoint = "tjCompressFromYUVPlanes")]
    public static partial int CompressFromPlanes(
        TurboJpegHandle handle, byte** planes, int width, int* strides, int height, int sampling, byte** file,
        nuint* bytes, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjFree")]
    public static partial void Free(byte* buffer);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    private static partial nint ErrorText(TurboJpegHandle handle);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    private static partial int ErrorCode(TurboJpegHandle handle);

    /// <summary>The library's last complaint, and whether it went on regardless.</summary>
    public static (string Text, bool Warning) Error(TurboJpegHandle handle) =>
        (Marshal.PtrToStringUTF8(ErrorText(handle)) ?? "", ErrorCode(handle) == 0);
}
