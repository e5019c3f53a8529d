using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Reidentify;

/// <summary>The masks of a film of a face that keeps still, while the box that is found of it does not.</summary>
internal static class FilmMasks
{
    /// <summary>Columns and rows of a picture of the film.</summary>
    public const int Canvas = 384;

    /// <summary>The face's box in it, for every face alike, so that one solution serves all.</summary>
    public static readonly PixelRect Box = new(112, 112, 160, 160);

    /// <summary>
    /// One region a picture. Place and size of the box each have a deviation of <paramref name="jitter"/> of its side,
    /// cut off at two and a half deviations; none of them is jittered when that is zero.
    /// </summary>
    public static EffectRegion[] Make(double jitter, int pictures, RegionStyle style)
    {
        var random = new Random(1);
        var regions = new EffectRegion[pictures];
        for (var i = 0; i < pictures; i++)
        {
            var side = Box.Width * Math.Exp(jitter * Normal());
            var (x, y) = (Box.X + Box.Width * (0.5 + jitter * Normal()), Box.Y + Box.Height * (0.5 + jitter * Normal()));
            var half = side * (0.5 + style.Padding);
            var (left, top) = ((int)Math.Floor(x - half), (int)Math.Floor(y - half));
            var bounds = new PixelRect(left, top, (int)Math.Ceiling(x + half) - left, (int)Math.Ceiling(y + half) - top);
            regions[i] = new EffectRegion(bounds, style.Shape, style.Feather);
        }

        return regions;

        double Normal()
        {
            var value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return Math.Clamp(value, -2.5, 2.5);
        }
    }
}
