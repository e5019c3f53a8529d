using LiveFace.Media.Frames;

namespace LiveFace.Restoration.Measures;

/// <summary>Structural similarity (SSIM) of the luma of two pictures, over flat windows of 7 × 7 pixels.</summary>
internal static class StructuralSimilarity
{
    private const int Window = 7;
    private const double Range = 219;
    private const double C1 = 0.01 * Range * (0.01 * Range);
    private const double C2 = 0.03 * Range * (0.03 * Range);

    /// <summary>The mean over all windows, and over those whose middle is marked. 1 where no window fits.</summary>
    public static (double All, double Marked) Of(VideoFrame wanted, VideoFrame got, ReadOnlySpan<byte> marked)
    {
        var (width, height) = (wanted.Width, wanted.Height);
        if (width < Window || height < Window)
            return (1, 1);
        // Sums down each column, over the window's rows, that go along from row to row.
        var columns = new long[5 * width];
        for (var y = 0; y < Window - 1; y++)
            AddRow(columns, wanted.RowY(y), got.RowY(y), 1);
        double all = 0, under = 0;
        long windows = 0, marks = 0;
        for (var y = 0; y + Window <= height; y++)
        {
            AddRow(columns, wanted.RowY(y + Window - 1), got.RowY(y + Window - 1), 1);
            var middle = marked.Slice((y + Window / 2) * width + Window / 2, width - Window + 1);
            Across(columns, middle, ref all, ref under, ref marks);
            windows += middle.Length;
            AddRow(columns, wanted.RowY(y), got.RowY(y), -1);
        }

        return (all / windows, marks == 0 ? 1 : under / marks);
    }

    private static void Across(long[] columns, ReadOnlySpan<byte> middle, ref double all, ref double under, ref long marks)
    {
        Span<long> sums = stackalloc long[5];
        for (var x = 0; x < Window - 1; x++)
            Add(sums, columns, x, 1);
        for (var x = 0; x < middle.Length; x++)
        {
            Add(sums, columns, x + Window - 1, 1);
            var value = Similarity(sums);
            all += value;
            if (middle[x] != 0)
            {
                under += value;
                marks++;
            }

            Add(sums, columns, x, -1);
        }
    }

    private static double Similarity(ReadOnlySpan<long> sums)
    {
        const double Count = Window * Window;
        // Variances as of a sample, which is what others take.
        const double Sample = Count / (Count - 1);
        var (a, b) = (sums[0] / Count - 16, sums[1] / Count - 16);
        var (aa, bb, ab) = (
            Sample * (sums[2] / Count - sums[0] / Count * (sums[0] / Count)), Sample * (sums[3] / Count - sums[1] / Count * (sums[1] / Count)),
            Sample * (sums[4] / Count - sums[0] / Count * (sums[1] / Count)));
        return (2 * a * b + C1) * (2 * ab + C2) / ((a * a + b * b + C1) * (aa + bb + C2));
    }

    private static void Add(Span<long> sums, long[] columns, int x, int sign)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += sign * columns[5 * x + i];
    }

    private static void AddRow(long[] columns, ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> got, int sign)
    {
        for (var x = 0; x < wanted.Length; x++)
        {
            int a = wanted[x], b = got[x];
            columns[5 * x] += sign * a;
            columns[5 * x + 1] += sign * b;
            columns[5 * x + 2] += sign * a * a;
            columns[5 * x + 3] += sign * b * b;
            columns[5 * x + 4] += sign * a * b;
        }
    }
}
