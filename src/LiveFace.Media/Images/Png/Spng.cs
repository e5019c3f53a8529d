using System.Runtime.InteropServices;
using LiveFace.Media.Native;

namespace LiveFace.Media.Images.Png;

/// <summary>libspng, as far as it is used.</summary>
internal static unsafe partial class Spng
{
    public const int Encoder = 2;
    public const int FormatRgba8 = 1;
    public const int FormatAsStored = 256;
    public const int ApplyTransparency = 1;
    public const int Finish = 2;
    public const int OptionCompressionLevel = 2;
    public const int OptionFilters = 10;
    public const int OptionToBuffer = 12;
    public const int FilterSub = 16;
    public const int FilterUp = 32;
    public const byte TrueColour = 2;

    private const string Library = "spng";

    static Spng() => NativeLibraries.Declare(typeof(Spng).Assembly,
        new NativeLibraryName(Library, "libspng0", "libspng.so.0", "libspng.so"));

    [LibraryImport(Library, EntryPoint = "spng_ctx_new")]
    public static partial nint NewContext(int flags);

    [LibraryImport(Library, EntryPoint = "spng_ctx_free")]
    public static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "spng_set_png_buffer")]
    public static partial int SetFile(SpngHandle context, byte* file, nuint bytes);

    [LibraryImport(Library, EntryPoint = "spng_set_image_limits")]
    public static partial int SetImageLimits(SpngHandle context, uint width, uint height);

    [LibraryImport(Library, EntryPoint = "spng_set_chunk_limits")]
    public static partial int SetChunkLimits(SpngHandle context, nuint chunk, nuint cache);

    [LibraryImport(Library, EntryPoint = "spng_set_option")]
    public static partial int SetOption(SpngHandle context, int option, int value);

    [LibraryImport(Library, EntryPoint = "spng_get_ihdr")]
    public static partial int GetHeader(SpngHandle context, SpngHeader* header);

    [LibraryImport(Library, EntryPoint = "spng_set_ihdr")]
    public static partial int SetHeader(SpngHandle context, SpngHeader* header);

    [LibraryImport(Library, EntryPoint = "spng_decode_image")]
    public static partial int Decode(SpngHandle context, byte* pixels, nuint bytes, int format, int flags);

    [LibraryImport(Library, EntryPoint = "spng_encode_image")]
    public static partial int Encode(SpngHandle context, byte* pixels, nuint bytes, int format, int flags);

    /// <summary>The file, in memory that the C library's <c>free</c> takes back.</summary>
    [LibraryImport(Library, EntryPoint = "spng_get_png_buffer")]
    public static partial byte* TakeFile(SpngHandle context, out nuint bytes, out int error);

    [LibraryImport(Library, EntryPoint = "spng_strerror")]
    private static partial nint ErrorText(int error);

    public static string Describe(int error) => Marshal.PtrToStringUTF8(ErrorText(error)) ?? $"error {error}";
}

/// <summary>The header chunk, as <c>struct spng_ihdr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SpngHeader
{
    public uint Width;
    public uint Height;
    public byte BitDepth;
    public byte ColourType;
    public byte Compression;
    public byte Filter;
    public byte Interlace;
}
