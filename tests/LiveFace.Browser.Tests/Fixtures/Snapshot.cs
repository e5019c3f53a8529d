namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>One picture out of a video in a page, as RGBA.</summary>
internal sealed record Snapshot(int Width, int Height, byte[] Rgba)
{
    /// <summary>Mean colour of a part of the picture; coordinates 0 to 1.</summary>
    public (double R, double G, double B) Mean((double X, double Y, double Width, double Height) part)
    {
        double r = 0, g = 0, b = 0;
        var count = 0;
        foreach (var at in Pixels(part))
        {
            r += Rgba[at];
            g += Rgba[at + 1];
            b += Rgba[at + 2];
            count++;
        }

        return (r / count, g / count, b / count);
    }

    /// <summary>
    /// How much fine detail a part has: the mean difference between neighbours in brightness. A face has some, what
    /// hides a face has little.
    /// </summary>
    public double Detail((double X, double Y, double Width, double Height) part)
    {
        double sum = 0;
        var count = 0;
        foreach (var at in Pixels(part))
        {
            if (at + 4 * Width + 4 >= Rgba.Length)
                continue;
            sum += Math.Abs(Luma(at) - Luma(at + 4)) + Math.Abs(Luma(at) - Luma(at + 4 * Width));
            count++;
        }

        return sum / count;
    }

    /// <summary>How many pixels of a part are near a colour.</summary>
    public int Count((double X, double Y, double Width, double Height) part, (int R, int G, int B) colour, int tolerance = 60) =>
        Pixels(part).Count(at => IsNear(at, colour, tolerance));

    /// <summary>Of what is near a colour in a part: how much of the rectangle round it is near it. All of a box, π/4 of an oval.</summary>
    public double Fill((double X, double Y, double Width, double Height) part, (int R, int G, int B) colour, int tolerance = 60)
    {
        var (rows, columns) = (new int[Height], new int[Width]);
        foreach (var at in Pixels(part).Where(at => IsNear(at, colour, tolerance)))
        {
            rows[at / 4 / Width]++;
            columns[at / 4 % Width]++;
        }

        // A speck elsewhere is none of it.
        var (high, wide) = (rows.Count(n => n > 0.15 * rows.Max()), columns.Count(n => n > 0.15 * columns.Max()));
        return (double)rows.Sum() / Math.Max(1, high * wide);
    }

    private bool IsNear(int at, (int R, int G, int B) colour, int tolerance) =>
        Math.Abs(Rgba[at] - colour.R) + Math.Abs(Rgba[at + 1] - colour.G) + Math.Abs(Rgba[at + 2] - colour.B) <= tolerance;

    private double Luma(int at) => 0.299 * Rgba[at] + 0.587 * Rgba[at + 1] + 0.114 * Rgba[at + 2];

    private IEnumerable<int> Pixels((double X, double Y, double Width, double Height) part)
    {
        var (left, right) = ((int)(part.X * Width), (int)((part.X + part.Width) * Width));
        var (top, bottom) = ((int)(part.Y * Height), (int)((part.Y + part.Height) * Height));
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
                yield return 4 * (y * Width + x);
    }
}
