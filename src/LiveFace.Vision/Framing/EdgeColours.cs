namespace LiveFace.Vision.Framing;

/// <summary>
/// How little each pixel's colour is like those along the picture's edges: the distance from the mean of each side in terms of
/// the colours' own spread there. A thing that reaches over one side takes that side's colours, so the farthest side is left out.
/// </summary>
internal static class EdgeColours
{
    private const float Part = 0.1f;

    // What keeps a side of one colour from making each other colour infinitely far.
    private const float LeastSpread = 25;

    /// <summary>Adds the distances, each side's up to one.</summary>
    public static void Add(ReadOnlySpan<float> planes, int width, int height, Span<float> distances)
    {
        var area = width * height;
        var (across, down) = (Math.Max(1, (int)(width * Part)), Math.Max(1, (int)(height * Part)));
        (int Left, int Top, int Right, int Bottom)[] sides =
            [(0, 0, width, down), (0, height - down, width, height), (0, 0, across, height), (width - across, 0, width, height)];
        var maps = new float[sides.Length][];
        for (var s = 0; s < sides.Length; s++)
            maps[s] = Distances(planes, width, area, sides[s]);
        for (var i = 0; i < area; i++)
        {
            float sum = 0, most = 0;
            foreach (var map in maps)
                (sum, most) = (sum + map[i], MathF.Max(most, map[i]));
            distances[i] += sum - most;
        }
    }

    private static float[] Distances(ReadOnlySpan<float> planes, int width, int area, (int Left, int Top, int Right, int Bottom) side)
    {
        Span<float> mean = stackalloc float[3];
        Span<float> spread = stackalloc float[6];
        mean.Clear();
        spread.Clear();
        var count = (side.Right - side.Left) * (side.Bottom - side.Top);
        for (var y = side.Top; y < side.Bottom; y++)
            for (var x = side.Left; x < side.Right; x++)
                for (var c = 0; c < 3; c++)
                    mean[c] += planes[c * area + y * width + x] / count;
        for (var y = side.Top; y < side.Bottom; y++)
            for (var x = side.Left; x < side.Right; x++)
            {
                var at = y * width + x;
                float a = planes[at] - mean[0], b = planes[area + at] - mean[1], c = planes[2 * area + at] - mean[2];
                Span<float> products = [a * a, a * b, a * c, b * b, b * c, c * c];
                for (var i = 0; i < spread.Length; i++)
                    spread[i] += products[i] / count;
            }

        spread[0] += LeastSpread;
        spread[3] += LeastSpread;
        spread[5] += LeastSpread;
        return Measure(planes, area, mean, spread);
    }

    private static float[] Measure(ReadOnlySpan<float> planes, int area, ReadOnlySpan<float> mean, ReadOnlySpan<float> m)
    {
        // The inverse of a symmetric matrix of three rows.
        float aa = m[3] * m[5] - m[4] * m[4], ab = m[2] * m[4] - m[1] * m[5], ac = m[1] * m[4] - m[2] * m[3];
        float bb = m[0] * m[5] - m[2] * m[2], bc = m[1] * m[2] - m[0] * m[4], cc = m[0] * m[3] - m[1] * m[1];
        var determinant = m[0] * aa + m[1] * ab + m[2] * ac;
        var map = new float[area];
        var most = 1e-6f;
        for (var i = 0; i < area; i++)
        {
            float a = planes[i] - mean[0], b = planes[area + i] - mean[1], c = planes[2 * area + i] - mean[2];
            var square = (a * (aa * a + 2 * (ab * b + ac * c)) + b * (bb * b + 2 * bc * c) + cc * c * c) / determinant;
            map[i] = MathF.Sqrt(MathF.Max(0, square));
            most = MathF.Max(most, map[i]);
        }

        for (var i = 0; i < area; i++)
            map[i] /= most;
        return map;
    }
}
