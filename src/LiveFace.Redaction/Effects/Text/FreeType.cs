using System.Runtime.InteropServices;
using LiveFace.Media.Native;

namespace LiveFace.Redaction.Effects.Text;

/// <summary>FreeType 2, as far as it is used; the offsets are those of its public structures on 64-bit systems.</summary>
internal static unsafe partial class FreeType
{
    /// <summary>FT_LOAD_RENDER: an antialiased bitmap of 256 levels.</summary>
    public const int LoadAndRender = 4;

    private const string Library = "freetype";

    static FreeType() => NativeLibraries.Declare(typeof(FreeType).Assembly,
        new NativeLibraryName(Library, "libfreetype6", "libfreetype.so.6", "libfreetype.so"));

    [LibraryImport(Library, EntryPoint = "FT_Init_FreeType")]
    public static partial int Init(out nint library);

    [LibraryImport(Library, EntryPoint = "FT_Done_FreeType")]
    public static partial int Done(nint library);

    [LibraryImport(Library, EntryPoint = "FT_New_Face", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int NewFace(nint library, string path, nint index, out nint face);

    [LibraryImport(Library, EntryPoint = "FT_Set_Pixel_Sizes")]
    public static partial int SetPixelSizes(nint face, uint width, uint height);

    [LibraryImport(Library, EntryPoint = "FT_Load_Char")]
    public static partial int LoadChar(nint face, nuint character, int flags);

    /// <summary>Ascender and descender in pixels: <c>face->size->metrics</c>, in 26.6 fixed point.</summary>
    public static (int Ascender, int Descender) Metrics(nint face)
    {
        var size = *(byte**)(face + 160);
        return ((int)(*(long*)(size + 48) + 63 >> 6), (int)(-*(long*)(size + 56) + 63 >> 6));
    }

    /// <summary>What was loaded last: <c>face->glyph</c>.</summary>
    public static LoadedGlyph Glyph(nint face)
    {
        var slot = *(byte**)(face + 152);
        return new LoadedGlyph
        {
            Advance = (int)(*(long*)(slot + 128) + 32 >> 6),
            Rows = *(int*)(slot + 152),
            Width = *(int*)(slot + 156),
            Pitch = *(int*)(slot + 160),
            Pixels = *(byte**)(slot + 168),
            Left = *(int*)(slot + 192),
            Top = *(int*)(slot + 196),
        };
    }

    internal struct LoadedGlyph
    {
        public int Advance;
        public int Rows;
        public int Width;
        public int Pitch;
        public byte* Pixels;
        public int Left;
        public int Top;
    }
}
