namespace LiveFace.Vision.Framing;

/// <summary>
/// The box of what stands out in a map: the piece with the most of it, and those beside it that have a good part of as much.
/// <paramref name="Contrast"/> is how much more the box holds on average than what is round it, 0 to 1.
/// </summary>
internal readonly record struct SalientBox(BoxF Box, float Contrast)
{
    // Of the heaviest piece's sum, what another has to have to belong to it.
    private const float LeastPart = 0.3f;

    // The threshold that parts the map best into two, times this.
    private const float OfThreshold = 0.85f;

    /// <summary>The box in parts of the map's sides.</summary>
    public static SalientBox Of(SaliencyMap map)
    {
        var (width, height) = (map.Width, map.Height);
        var pieces = Pieces(map, OfThreshold * Threshold(map.Values));
        if (pieces.Count == 0)
            return new SalientBox(new BoxF(0, 0, 1, 1), 0);
        var most = pieces.Max(piece => piece.Sum);
        float left = width, top = height, right = 0, bottom = 0;
        foreach (var (box, sum) in pieces)
            if (sum >= LeastPart * most)
                (left, top, right, bottom) = (MathF.Min(left, box.Left), MathF.Min(top, box.Top), MathF.Max(right, box.Right), MathF.Max(bottom, box.Bottom));
        var found = new BoxF(left / width, top / height, right / width, bottom / height);
        return new SalientBox(found, ContrastOf(map, found));
    }

    /// <summary>How much more of the map a box, in parts of its sides, holds on average than what is round it.</summary>
    public static float ContrastOf(SaliencyMap map, BoxF box)
    {
        float inside = 0, outside = 0;
        int within = 0, without = 0;
        for (var y = 0; y < map.Height; y++)
            for (var x = 0; x < map.Width; x++)
            {
                var (px, py, value) = ((x + 0.5f) / map.Width, (y + 0.5f) / map.Height, map.Values[y * map.Width + x]);
                if (px >= box.Left && px < box.Right && py >= box.Top && py < box.Bottom)
                    (inside, within) = (inside + value, within + 1);
                else
                    (outside, without) = (outside + value, without + 1);
            }

        return within == 0 || without == 0 ? 0 : MathF.Max(0, inside / within - outside / without);
    }

    /// <summary>The value that parts the map into two kinds with the least spread within each (Otsu).</summary>
    private static float Threshold(ReadOnlySpan<float> values)
    {
        const int bins = 128;
        Span<int> counts = stackalloc int[bins];
        counts.Clear();
        foreach (var value in values)
            counts[Math.Clamp((int)(value * bins), 0, bins - 1)]++;
        double total = 0;
        for (var i = 0; i < bins; i++)
            total += i * (double)counts[i];
        double below = 0, sum = 0, best = -1;
        var threshold = 0;
        for (var i = 0; i < bins - 1; i++)
        {
            below += counts[i];
            sum += i * (double)counts[i];
            var above = values.Length - below;
            if (below == 0 || above == 0)
                continue;
            var apart = sum / below - (total - sum) / above;
            if (below * above * apart * apart is var between && between > best)
                (best, threshold) = (between, i + 1);
        }

        return (float)threshold / bins;
    }

    private static List<(BoxF Box, float Sum)> Pieces(SaliencyMap map, float threshold)
    {
        var pieces = new List<(BoxF, float)>();
        var seen = new bool[map.Values.Length];
        var open = new Stack<int>();
        for (var start = 0; start < seen.Length; start++)
        {
            if (seen[start] || map.Values[start] < threshold)
                continue;
            float left = map.Width, top = map.Height, right = 0, bottom = 0, sum = 0;
            open.Push(start);
            seen[start] = true;
            while (open.TryPop(out var at))
            {
                var (x, y) = (at % map.Width, at / map.Width);
                (left, top, right, bottom) = (MathF.Min(left, x), MathF.Min(top, y), MathF.Max(right, x + 1), MathF.Max(bottom, y + 1));
                sum += map.Values[at];
                foreach (var (dx, dy) in (ReadOnlySpan<(int, int)>)[(-1, 0), (1, 0), (0, -1), (0, 1)])
                    if (x + dx is >= 0 and var nx && nx < map.Width && y + dy is >= 0 and var ny && ny < map.Height
                        && !seen[ny * map.Width + nx] && map.Values[ny * map.Width + nx] >= threshold)
                    {
                        seen[ny * map.Width + nx] = true;
                        open.Push(ny * map.Width + nx);
                    }
            }

            pieces.Add((new BoxF(left, top, right, bottom), sum));
        }

        return pieces;
    }
}
