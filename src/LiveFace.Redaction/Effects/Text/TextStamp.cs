using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects.Text;

/// <summary>
/// A piece of text as coverage, for luma and for chroma, to be laid onto frames in any colour. Drawn anew only when it
/// changes.
/// </summary>
internal sealed unsafe class TextStamp
{
    private readonly Scratch _luma = new();
    private readonly Scratch _chroma = new();

    /// <summary>Even, so that a stamp at an even place covers whole chroma samples.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>How much of each pixel the text covers, row by row.</summary>
    public ReadOnlySpan<byte> Coverage => new(_luma.Get(Width * Height), Width * Height);

    public void Draw(GlyphSet glyphs, ReadOnlySpan<char> text, byte strength = 255)
    {
        Width = (glyphs.Measure(text) + 3) & ~1;
        Height = (glyphs.Height + 1) & ~1;
        var luma = new Span<byte>(_luma.Get(Width * Height), Width * Height);
        luma.Clear();
        var pen = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = glyphs.Of(rune);
            for (var y = 0; y < glyph.Height; y++)
            {
                var row = glyphs.Ascender - glyph.Top + y;
                if ((uint)row >= (uint)Height)
                    continue;
                for (var x = 0; x < glyph.Width; x++)
                {
                    var column = pen + glyph.Left + x;
                    if ((uint)column >= (uint)Width)
                        continue;
                    ref var pixel = ref luma[row * Width + column];
                    pixel = Math.Max(pixel, (byte)(glyph.Coverage[y * glyph.Width + x] * strength / 255));
                }
            }

            pen += glyph.Advance;
        }

        var chroma = _chroma.Get(Width * Height / 4);
        for (var y = 0; y < Height / 2; y++)
            for (var x = 0; x < Width / 2; x++)
            {
                var at = 2 * y * Width + 2 * x;
                chroma[y * (Width / 2) + x] =
                    (byte)(luma[at] + luma[at + 1] + luma[at + Width] + luma[at + Width + 1] + 2 >> 2);
            }
    }

    /// <summary>Lays the text with its upper left corner on an even pixel; what is outside of the clip is left out.</summary>
    public void Lay(VideoFrame frame, int left, int top, YuvColor colour, PixelRect clip)
    {
        left &= ~1;
        top &= ~1;
        var luma = _luma.Get(Width * Height);
        var chroma = _chroma.Get(Width * Height / 4);
        var area = clip.Clip(frame.Width, frame.Height);
        Plane(frame.Y, frame.StrideY, luma, Width, Height, left, top, area, colour.Y);
        var half = new PixelRect(area.X >> 1, area.Y >> 1, ((area.Right + 1) >> 1) - (area.X >> 1), ((area.Bottom + 1) >> 1) - (area.Y >> 1));
        Plane(frame.U, frame.StrideUV, chroma, Width / 2, Height / 2, left / 2, top / 2, half, colour.U);
        Plane(frame.V, frame.StrideUV, chroma, Width / 2, Height / 2, left / 2, top / 2, half, colour.V);
    }

    private static void Plane(
        byte* plane, int stride, byte* coverage, int width, int height, int left, int top, PixelRect clip, byte value)
    {
        var x0 = Math.Max(left, clip.X);
        var x1 = Math.Min(left + width, clip.Right);
        for (var y = Math.Max(top, clip.Y); y < Math.Min(top + height, clip.Bottom); y++)
            if (x0 < x1)
                Blend.Flat(plane + (nint)y * stride + x0, value, coverage + (nint)(y - top) * width + (x0 - left), x1 - x0);
    }
}
