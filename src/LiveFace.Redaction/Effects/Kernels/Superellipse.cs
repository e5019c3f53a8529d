using System.Numerics;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>Coverage of an oval with |x/a|⁴ + |y/b|⁴ = 1, one row at a time.</summary>
internal static class Superellipse
{
    /// <summary>How much larger than a box the oval is whose edge runs through the box's corners: the fourth root of 2.</summary>
    public const float Growth = 1.1892071f;

    /// <summary>
    /// Writes one row. Each point is covered fully where the oval is and fades to nothing over
    /// <paramref name="feather"/> pixels outside of it (measured along the shorter half axis).
    /// </summary>
    /// <param name="row">Coverage of the points first, first + 1, ….</param>
    /// <param name="first">X of the first point's middle, from the oval's centre.</param>
    /// <param name="y">Y of the row's middle, from the oval's centre.</param>
    /// <param name="halfWidth">Half axis across.</param>
    /// <param name="halfHeight">Half axis down.</param>
    /// <param name="feather">Width of the soft edge.</param>
    public static void Cover(Span<byte> row, float first, float y, float halfWidth, float halfHeight, float feather)
    {
        var soft = MathF.Max(feather, 0.5f) / MathF.Min(halfWidth, halfHeight);
        var v = y / halfHeight;
        var v4 = v * v * v * v;
        var scale = 255f / soft;
        var top = 255f + scale;
        var x = 0;
        var lanes = Vector<float>.Count;
        var step = new Vector<float>(1 / halfWidth * lanes);
        var u = (Vector.CreateSequence(0f, 1f) + new Vector<float>(first)) * (1 / halfWidth);
        for (; x <= row.Length - lanes; x += lanes, u += step)
        {
            var u2 = u * u;
            var radius = Vector.SquareRoot(Vector.SquareRoot(u2 * u2 + new Vector<float>(v4)));
            var alpha = new Vector<float>(top) - radius * scale;
            alpha = Vector.Min(Vector.Max(alpha, Vector<float>.Zero), new Vector<float>(255));
            var whole = Vector.ConvertToInt32(alpha);
            for (var i = 0; i < lanes; i++)
                row[x + i] = (byte)whole[i];
        }

        for (; x < row.Length; x++)
        {
            var t = (first + x) / halfWidth;
            var radius = MathF.Sqrt(MathF.Sqrt(t * t * t * t + v4));
            row[x] = (byte)Math.Clamp(top - radius * scale, 0, 255);
        }
    }
}
