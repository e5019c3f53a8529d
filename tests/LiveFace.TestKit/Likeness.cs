namespace LiveFace.TestKit;

/// <summary>
/// How much of a face is still there: the correlation of two pictures inside a box, in three ranges of detail, of which the
/// one counts that says most. Around 0.9 for a picture that went through a codec, near 0 for a hidden face. Fine detail is
/// what a blur or a mosaic of any size takes away; the coarse ranges see what can be told from a mosaic's cells.
/// </summary>
public static class Likeness
{
    /// <summary>From here on a face is taken as shown.</summary>
    public const double Shown = 0.4;

    /// <summary>Cells across the box, and how many around one are its surroundings.</summary>
    private static readonly (int Cells, int Around)[] Coarse = [(24, 3), (12, 2)];

    public static double Of(byte[] before, byte[] after, int width, int height, BoxF box)
    {
        var most = Fine(before, after, width, height, box);
        foreach (var (cells, around) in Coarse)
            most = Math.Max(most, OfCells(CellsOf(before, width, height, box, cells), CellsOf(after, width, height, box, cells), cells, around));
        return most;
    }

    /// <summary>Detail of a few pixels, wherever in the box.</summary>
    public static double Fine(byte[] before, byte[] after, int width, int height, BoxF box)
    {
        var sum = new Correlation();
        for (var y = Math.Max(3, (int)box.Top); y < Math.Min(height - 3, (int)box.Bottom); y++)
            for (var x = Math.Max(3, (int)box.Left); x < Math.Min(width - 3, (int)box.Right); x++)
                sum.Add(Detail(before, width, x, y), Detail(after, width, x, y));
        return sum.Value;
    }

    private static double Detail(byte[] luma, int width, int x, int y)
    {
        var sum = 0;
        for (var dy = -3; dy <= 3; dy++)
            for (var dx = -3; dx <= 3; dx++)
                sum += luma[(y + dy) * width + x + dx];
        return luma[y * width + x] - sum / 49.0;
    }

    /// <summary>Detail of cells: their means, less what is around them.</summary>
    private static double OfCells(double[] before, double[] after, int cells, int around)
    {
        var sum = new Correlation();
        foreach (var (one, other) in DetailsOf(before, cells, around).Zip(DetailsOf(after, cells, around)))
            sum.Add(one, other);
        return sum.Value;
    }

    /// <summary>
    /// No cell counts for more than the strongest tenth begins with: where one mask lies over another, a few cells at its edges would say
    /// alone how like all of it is.
    /// </summary>
    private static double[] DetailsOf(double[] means, int cells, int around)
    {
        var details = new double[means.Length];
        for (var y = 0; y < cells; y++)
            for (var x = 0; x < cells; x++)
                details[y * cells + x] = Detail(means, cells, around, x, y);
        var sizes = Array.ConvertAll(details, Math.Abs);
        Array.Sort(sizes);
        var most = sizes[sizes.Length * 9 / 10];
        return Array.ConvertAll(details, one => Math.Clamp(one, -most, most));
    }

    private static double Detail(double[] means, int cells, int around, int x, int y)
    {
        double sum = 0;
        var count = 0;
        for (var b = Math.Max(0, y - around); b <= Math.Min(cells - 1, y + around); b++)
            for (var a = Math.Max(0, x - around); a <= Math.Min(cells - 1, x + around); a++, count++)
                sum += means[b * cells + a];
        return means[y * cells + x] - sum / count;
    }

    private static double[] CellsOf(byte[] luma, int width, int height, BoxF box, int cells)
    {
        var means = new double[cells * cells];
        for (var y = 0; y < cells; y++)
            for (var x = 0; x < cells; x++)
                means[y * cells + x] = Mean(
                    luma, width, height, box.Left + box.Width * x / cells, box.Top + box.Height * y / cells,
                    box.Left + box.Width * (x + 1) / cells, box.Top + box.Height * (y + 1) / cells);
        return means;
    }

    private static double Mean(byte[] luma, int width, int height, float left, float top, float right, float bottom)
    {
        double sum = 0;
        var count = 0;
        // A cell smaller than a pixel is the pixel that it lies in.
        for (var y = (int)top; y < Math.Max((int)top + 1, (int)bottom); y++)
            for (var x = (int)left; x < Math.Max((int)left + 1, (int)right); x++, count++)
                sum += luma[Math.Clamp(y, 0, height - 1) * width + Math.Clamp(x, 0, width - 1)];
        return sum / count;
    }

    private struct Correlation
    {
        // Rounding and codecs leave a level or so where there is nothing.
        private const double Nothing = 0.3;

        private double _a;
        private double _b;
        private double _ab;
        private int _count;

        public void Add(double a, double b)
        {
            _a += a * a;
            _b += b * b;
            _ab += a * b;
            _count++;
        }

        public readonly double Value => _a <= 0 || _b <= Nothing * Nothing * _count ? 0 : _ab / Math.Sqrt(_a * _b);
    }
}
