namespace LiveFace.Restoration.Fit;

/// <summary>
/// Takes out of a mask what is none of the mark: what lies where the steps at its edges stay when the mark is taken off. Where no edges
/// are near, the mask is as it was.
/// </summary>
/// <param name="grid">Where windows lie.</param>
/// <param name="sure">Where no more than this is left in the neighbourhood, all of the mask is kept, and where all is left, none.</param>
internal sealed class SeamFilter(SeamGrid grid, double sure)
{
    // A bell over the grid's cells.
    private const double Deviation = 4;
    private const int Reach = 16;

    private static readonly double[] Bell = [.. Enumerable.Range(-Reach, 2 * Reach + 1).Select(i => Math.Exp(-i * i / (2 * Deviation * Deviation)))];

    private readonly double[] _steps = new double[grid.Columns * grid.Rows];
    private readonly double[] _left = new double[grid.Columns * grid.Rows];

    /// <summary>Adds a window: the step at the mark's edge there, and what is left of it.</summary>
    public void Add(int cell, double step, double left) => (_steps[cell], _left[cell]) = (step, left);

    /// <summary>Filters a mask in place.</summary>
    public void Apply(Span<byte> mask, int width, int height)
    {
        var part = Parts();
        for (var y = 0; y < height; y++)
        {
            var (row, below, down) = Between(y, grid.Rows);
            for (var x = 0; x < width; x++)
            {
                ref var value = ref mask[y * width + x];
                if (value == 0)
                    continue;
                var (column, beside, right) = Between(x, grid.Columns);
                var above = float.Lerp(part[row * grid.Columns + column], part[row * grid.Columns + beside], right);
                var under = float.Lerp(part[below * grid.Columns + column], part[below * grid.Columns + beside], right);
                value = (byte)(value * float.Lerp(above, under, down) + 0.5f);
            }
        }
    }

    private (int From, int To, float Part) Between(int at, int count)
    {
        var from = Math.Min(at / grid.Step, count - 1);
        return (from, Math.Min(from + 1, count - 1), at / (float)grid.Step - from);
    }

    /// <summary>Which part of the mask is kept in each cell.</summary>
    private float[] Parts()
    {
        var (steps, left) = (Spread(_steps), Spread(_left));
        var parts = new float[steps.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = steps[i] > 0 ? (float)Math.Clamp((1 - left[i] / steps[i]) / (1 - sure), 0, 1) : 1;
        return parts;
    }

    private double[] Spread(double[] values)
    {
        var (across, both) = (new double[values.Length], new double[values.Length]);
        Along(values, across, grid.Columns, 1, grid.Rows, grid.Columns);
        Along(across, both, grid.Rows, grid.Columns, grid.Columns, 1);
        return both;
    }

    /// <summary>The bell along each of <paramref name="lines"/>.</summary>
    private static void Along(double[] from, double[] to, int count, int step, int lines, int next)
    {
        for (var line = 0; line < lines; line++)
            for (var i = 0; i < count; i++)
            {
                var value = from[line * next + i * step];
                if (value == 0)
                    continue;
                for (var k = Math.Max(0, i - Reach); k <= Math.Min(count - 1, i + Reach); k++)
                    to[line * next + k * step] += value * Bell[k - i + Reach];
            }
    }
}
