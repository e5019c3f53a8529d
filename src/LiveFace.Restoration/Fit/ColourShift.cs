using LiveFace.Media.Frames;
using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration.Fit;

/// <summary>What a marked pixel shows beyond the picture around it: the mark's colour times its opacity, and the picture's own detail.</summary>
internal readonly record struct ColourShift(Colour Shift, double Counts)
{
    private const int LeastCover = 77;
    private const int MostSamples = 60_000;

    /// <summary>The shifts of a picture's marked pixels, or of some of them where they are very many.</summary>
    public static List<ColourShift> All(VideoFrame frame, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> cover, double opacity, Ground ground)
    {
        var marked = 0;
        for (var i = 0; i < mask.Length; i++)
            marked += IsInside(mask[i], cover[i]) ? 1 : 0;
        var every = (marked + MostSamples - 1) / MostSamples;
        var found = new List<ColourShift>(Math.Min(marked, MostSamples));
        var seen = 0;
        for (var y = 0; y < frame.Height; y++)
        {
            var row = new FrameRow(frame, y);
            for (var x = 0; x < frame.Width; x++)
            {
                var at = y * frame.Width + x;
                if (!IsInside(mask[at], cover[at]) || seen++ % every != 0)
                    continue;
                var part = cover[at] / 255.0;
                found.Add(new ColourShift(Of(Colour.Of(row, x), ground.At(x, y), cover[at], opacity), part * part * ground.Counts(x, y)));
            }
        }

        return found;
    }

    public static Colour Of(Colour pixel, Colour outside, byte cover, double opacity) =>
        (pixel - outside) * (255.0 / Math.Max(cover, (byte)LeastCover)) + outside * opacity;

    private static bool IsInside(byte mask, byte cover) => mask >= SeamWindow.Marked && cover >= LeastCover;
}
