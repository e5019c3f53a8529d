using System.Runtime.Intrinsics;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>Coverage of an oval with |x/a|⁴ + |y/b|⁴ = 1, one row at a time.</summary>
internal static unsafe class Superellipse
{
    /// <summary>How much larger than a box the oval is whose edge runs through the box's corners: the fourth root of 2.</summary>
    public const float Growth = 1.1892071f;

    private const int Lanes = 8;

    /// <summary>How far the oval round a box reaches past it with its soft edge, across and down.</summary>
    public static (float X, float Y) Reach(float width, float height, float feather)
    {
        var (halfWidth, halfHeight) = (width * 0.5f * Growth, height * 0.5f * Growth);
        var outer = 1 + Softness(halfWidth, halfHeight, feather);
        return (halfWidth * outer - width * 0.5f, halfHeight * outer - height * 0.5f);
    }

    /// <summary>How far from its middle the oval round a box and its soft edge reach at this height; below zero for not at all.</summary>
    public static float ReachAt(float y, float width, float height, float feather)
    {
        var (halfWidth, halfHeight) = (width * 0.5f * Growth, height * 0.5f * Growth);
        var outer = 1 + Softness(halfWidth, halfHeight, feather);
        var v = y / halfHeight;
        var rest = outer * outer * (outer * outer) - v * v * (v * v);
        return rest < 0 ? -1 : halfWidth * MathF.Sqrt(MathF.Sqrt(rest)) + 1;
    }

    /// <summary>How far from its middle the oval round a box covers fully at this height; zero for not at all.</summary>
    public static float CoreAt(float y, float width, float height)
    {
        var v = y / (height * 0.5f * Growth);
        var rest = 1 - v * v * (v * v);
        return rest <= 0 ? 0 : MathF.Max(0, width * 0.5f * Growth * MathF.Sqrt(MathF.Sqrt(rest)) - 1);
    }

    /// <summary>Width of the soft edge where the oval's radius is one; half a pixel keeps a hard edge smooth.</summary>
    private static float Softness(float halfWidth, float halfHeight, float feather) =>
        MathF.Max(feather, 0.5f) / MathF.Min(halfWidth, halfHeight);

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
        var soft = Softness(halfWidth, halfHeight, feather);
        var v = y / halfHeight;
        var v4 = v * v * v * v;
        var slope = 255f / soft;
        var top = 255f + slope;

        // The middle of most rows is covered fully, and what is beyond the soft edge not at all: neither needs roots.
        var inner = v4 < 1 ? halfWidth * MathF.Sqrt(MathF.Sqrt(1 - v4)) - 1 : -1;
        var outer4 = (1 + soft) * (1 + soft) * (1 + soft) * (1 + soft);
        var outer = v4 < outer4 ? halfWidth * MathF.Sqrt(MathF.Sqrt(outer4 - v4)) + 1 : -1;
        var (begin, end) = Within(outer, first, row.Length);
        var (from, to) = Within(inner, first, row.Length);
        row[..begin].Clear();
        row[end..].Clear();
        row[from..to].Fill(255);
        if (from == to)
        {
            Edge(row, begin, end, first, 1 / halfWidth, v4, top, slope);
            return;
        }

        Edge(row, begin, from, first, 1 / halfWidth, v4, top, slope);
        Edge(row, to, end, first, 1 / halfWidth, v4, top, slope);
    }

    /// <summary>Which points of a row lie no farther from the oval's centre than this; none where it is negative.</summary>
    private static (int From, int To) Within(float distance, float first, int length)
    {
        var from = Math.Clamp((int)MathF.Ceiling(-distance - first), 0, length);
        return (from, distance < 0 ? from : Math.Clamp((int)MathF.Floor(distance - first) + 1, from, length));
    }

    /// <summary>
    /// Writes at least the points <paramref name="from"/> to <paramref name="to"/>, and beside them, since they come to the
    /// same however they are found, as many as make whole vectors.
    /// </summary>
    private static void Edge(Span<byte> row, int from, int to, float first, float scale, float v4, float top, float slope)
    {
        const int block = 4 * Lanes;
        fixed (byte* start = row)
        {
            while (from < to && row.Length >= block)
            {
                var x = Math.Min(from, row.Length - block);
                var a = Vector256.Narrow(Points(first + x, scale, v4, top, slope), Points(first + x + Lanes, scale, v4, top, slope));
                var b = Vector256.Narrow(
                    Points(first + x + 2 * Lanes, scale, v4, top, slope), Points(first + x + 3 * Lanes, scale, v4, top, slope));
                Vector256.Narrow(a, b).Store(start + x);
                from += block;
            }
        }

        for (; from < to; from++)
        {
            var u = (first + from) * scale;
            row[from] = (byte)Math.Clamp(top - MathF.Sqrt(MathF.Sqrt(u * u * (u * u) + v4)) * slope, 0, 255);
        }
    }

    private static Vector256<uint> Points(float first, float scale, float v4, float top, float slope)
    {
        var u = (Vector256.CreateSequence(0f, 1f) + Vector256.Create(first)) * scale;
        var u2 = u * u;
        var radius = Vector256.Sqrt(Vector256.Sqrt(u2 * u2 + Vector256.Create(v4)));
        var alpha = Vector256.Create(top) - radius * slope;
        return Vector256.ConvertToInt32(Vector256.Min(Vector256.Max(alpha, Vector256<float>.Zero), Vector256.Create(255f))).AsUInt32();
    }
}
