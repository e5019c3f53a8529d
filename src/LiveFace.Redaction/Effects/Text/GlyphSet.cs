using System.Text;

namespace LiveFace.Redaction.Effects.Text;

/// <summary>A font's characters at one size. What is drawn once is kept; how many are kept is bounded.</summary>
internal sealed unsafe class GlyphSet
{
    private const int MaximumKept = 1024;

    private readonly LabelFont _font;
    private readonly int _pixels;
    private readonly Dictionary<int, Glyph> _glyphs = [];

    public GlyphSet(LabelFont font, int pixels)
    {
        _font = font;
        _pixels = pixels;
        (Ascender, Descender) = FreeType.Metrics(font.FaceAt(pixels));
    }

    /// <summary>Pixels above the line.</summary>
    public int Ascender { get; }

    /// <summary>Pixels below the line.</summary>
    public int Descender { get; }

    public int Height => Ascender + Descender;

    public int Measure(ReadOnlySpan<char> text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Of(rune).Advance;
        return width;
    }

    public Glyph Of(Rune rune)
    {
        if (_glyphs.TryGetValue(rune.Value, out var glyph))
            return glyph;
        if (_glyphs.Count >= MaximumKept)
            _glyphs.Clear();
        return _glyphs[rune.Value] = Draw(rune);
    }

    /// <summary>Control characters stand for nothing; what the font lacks is its own empty box.</summary>
    private Glyph Draw(Rune rune)
    {
        var face = _font.FaceAt(_pixels);
        if (Rune.IsControl(rune) || FreeType.LoadChar(face, (nuint)rune.Value, FreeType.LoadAndRender) != 0)
            return new Glyph(0, 0, 0, 0, 0, []);
        var loaded = FreeType.Glyph(face);
        var coverage = new byte[loaded.Width * loaded.Rows];
        for (var y = 0; y < loaded.Rows; y++)
            new ReadOnlySpan<byte>(loaded.Pixels + (nint)y * loaded.Pitch, loaded.Width)
                .CopyTo(coverage.AsSpan(y * loaded.Width));
        return new Glyph(loaded.Left, loaded.Top, loaded.Width, loaded.Rows, loaded.Advance, coverage);
    }
}
