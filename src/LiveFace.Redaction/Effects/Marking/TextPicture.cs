using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Effects.Text;

namespace LiveFace.Redaction.Effects.Marking;

/// <summary>A text as a picture with transparency.</summary>
internal static class TextPicture
{
    private const int Smallest = 8;
    private const int Largest = 512;

    /// <summary>Letters of a height, or of whatever height makes the text so wide; and the width and height that came out.</summary>
    public static (OverlayPicture Picture, int Width, int Height) Draw(LabelFont font, string text, RgbColor colour, int pixels, float? width)
    {
        if (width is { } wanted)
            pixels = (int)Math.Clamp(pixels * wanted / Math.Max(1, font.Size(pixels).Measure(text)), Smallest, Largest);
        var stamp = new TextStamp();
        stamp.Draw(font.Size(pixels), text);
        var rgba = new byte[stamp.Width * stamp.Height * 4];
        var coverage = stamp.Coverage;
        for (var i = 0; i < coverage.Length; i++)
            (rgba[i * 4], rgba[i * 4 + 1], rgba[i * 4 + 2], rgba[i * 4 + 3]) = (colour.R, colour.G, colour.B, coverage[i]);
        return (new OverlayPicture(new RgbaImage(stamp.Width, stamp.Height, rgba)), stamp.Width, stamp.Height);
    }
}
