namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>Smooths a grid of cells with the weights 1 4 6 4 1 in both directions; past the edge the last cell goes on.</summary>
internal static class CellFilter
{
    /// <summary>Variance that one pass adds in each direction, in cells.</summary>
    public const float Variance = 1;

    public static void Binomial(CellGrid grid)
    {
        var values = grid.Values;
        var spare = grid.Spare;
        for (var j = 0; j < grid.Down.Count; j++)
            Line(values, spare, j * grid.Across.Count, 1, grid.Across.Count);
        for (var i = 0; i < grid.Across.Count; i++)
            Line(spare, values, i, grid.Across.Count, grid.Down.Count);
    }

    private static void Line(Span<byte> from, Span<byte> to, int start, int step, int count)
    {
        int Clamped(int i) => start + Math.Clamp(i, 0, count - 1) * step;

        for (var i = 0; i < count; i++)
        {
            var sum = from[Clamped(i - 2)] + from[Clamped(i + 2)] + 4 * (from[Clamped(i - 1)] + from[Clamped(i + 1)]) +
                6 * from[start + i * step];
            to[start + i * step] = (byte)(sum + 8 >> 4);
        }
    }
}
