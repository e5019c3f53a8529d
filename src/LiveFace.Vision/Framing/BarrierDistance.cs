namespace LiveFace.Vision.Framing;

/// <summary>
/// How hard each pixel is to reach from the picture's edge: the least range of values (largest less smallest) on any way from
/// there, approached by scans to and fro. What the edge leads to smoothly is background, whatever colour it has.
/// </summary>
internal static class BarrierDistance
{
    private const int Scans = 4;

    /// <summary>Adds the distances of one plane.</summary>
    public static void Add(ReadOnlySpan<float> plane, int width, int height, Span<float> distances)
    {
        var distance = new float[plane.Length];
        float[] highest = plane.ToArray(), lowest = plane.ToArray();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                distance[y * width + x] = x == 0 || y == 0 || x == width - 1 || y == height - 1 ? 0 : float.MaxValue;
        for (var scan = 0; scan < Scans; scan++)
        {
            var forth = scan % 2 == 0;
            for (var i = 1; i < height - 1; i++)
                for (var j = 1; j < width - 1; j++)
                {
                    var at = (forth ? i : height - 1 - i) * width + (forth ? j : width - 1 - j);
                    Reach(plane, distance, highest, lowest, at, forth ? at - 1 : at + 1);
                    Reach(plane, distance, highest, lowest, at, forth ? at - width : at + width);
                }
        }

        for (var i = 0; i < distance.Length; i++)
            distances[i] += distance[i];
    }

    private static void Reach(ReadOnlySpan<float> plane, float[] distance, float[] highest, float[] lowest, int at, int from)
    {
        if (distance[from] == float.MaxValue)
            return;
        var (high, low) = (MathF.Max(highest[from], plane[at]), MathF.Min(lowest[from], plane[at]));
        if (high - low >= distance[at])
            return;
        (distance[at], highest[at], lowest[at]) = (high - low, high, low);
    }
}
