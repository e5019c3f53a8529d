using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects.Pictures;

/// <summary>
/// Draws a plain smiling face. Each part is a shape with a known distance to its edge, so that the edges come out
/// smooth at any size.
/// </summary>
internal static class GlyphFace
{
    public const int Side = 256;

    private static readonly RgbColor Ink = new(64, 44, 24);

    /// <summary>The face in the given ground colour; outside of it the picture is transparent.</summary>
    public static RgbaImage Draw(RgbColor ground)
    {
        var pixels = new byte[Side * Side * 4];
        for (var row = 0; row < Side; row++)
            for (var column = 0; column < Side; column++)
            {
                // From −1 to 1 in both directions.
                var x = (column + 0.5f) * 2 / Side - 1;
                var y = (row + 0.5f) * 2 / Side - 1;
                var head = Inside(MathF.Sqrt(x * x + y * y) - 0.98f);
                var shade = 1 - 0.18f * Math.Clamp(x * x + y * y + 0.5f * y, 0, 1);
                var ink = MathF.Max(MathF.Max(Eye(x + 0.34f, y), Eye(x - 0.34f, y)), Smile(x, y));
                var at = (row * Side + column) * 4;
                pixels[at] = Mix(ground.R * shade, Ink.R, ink);
                pixels[at + 1] = Mix(ground.G * shade, Ink.G, ink);
                pixels[at + 2] = Mix(ground.B * shade, Ink.B, ink);
                pixels[at + 3] = (byte)(head * 255 + 0.5f);
            }

        return new RgbaImage(Side, Side, pixels);
    }

    private static float Eye(float x, float y)
    {
        x /= 0.13f;
        y = (y + 0.25f) / 0.21f;
        return Inside((MathF.Sqrt(x * x + y * y) - 1) * 0.16f);
    }

    /// <summary>The lower part of a ring, with round ends.</summary>
    private static float Smile(float x, float y)
    {
        const float Radius = 0.56f, Thickness = 0.06f, EndX = 0.485f, EndY = 0.28f;
        var ring = MathF.Abs(MathF.Sqrt(x * x + y * y) - Radius);
        var end = MathF.Sqrt((MathF.Abs(x) - EndX) * (MathF.Abs(x) - EndX) + (y - EndY) * (y - EndY));
        return Inside((y > EndY ? ring : end) - Thickness);
    }

    /// <summary>From a distance to an edge (negative inside) to how much of the pixel is covered.</summary>
    private static float Inside(float distance) => Math.Clamp(0.5f - distance * Side / 2, 0, 1);

    private static byte Mix(float ground, float over, float part) =>
        (byte)Math.Clamp(ground + (over - ground) * part + 0.5f, 0, 255);
}
