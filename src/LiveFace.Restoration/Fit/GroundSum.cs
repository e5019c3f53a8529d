namespace LiveFace.Restoration.Fit;

/// <summary>Sums over pixels: how many, their colours, their colours squared.</summary>
internal readonly record struct GroundSum(double Count, Colour Colours, double Squares)
{
    public static GroundSum One(Colour colour) => new(1, colour, colour.Squared);

    public static GroundSum Of(GroundSum[] cells)
    {
        var all = default(GroundSum);
        foreach (var cell in cells)
            all += cell;
        return all;
    }

    /// <summary>The sums in boxes around each cell, of boxes around each cell.</summary>
    public static GroundSum[] Spread(GroundSum[] cells, SeamGrid grid, int side)
    {
        var (from, to) = ((GroundSum[])cells.Clone(), new GroundSum[cells.Length]);
        for (var turn = 0; turn < 2; turn++)
        {
            Along(from, to, grid.Columns, 1, grid.Rows, grid.Columns, side / 2);
            Along(to, from, grid.Rows, grid.Columns, grid.Columns, 1, side / 2);
        }

        return from;
    }

    private static void Along(GroundSum[] from, GroundSum[] to, int count, int step, int lines, int next, int reach)
    {
        for (var line = 0; line < lines; line++)
            for (var i = 0; i < count; i++)
            {
                var sum = default(GroundSum);
                for (var k = Math.Max(0, i - reach); k <= Math.Min(count - 1, i + reach); k++)
                    sum += from[line * next + k * step];
                to[line * next + i * step] = sum;
            }
    }

    public static GroundSum operator +(GroundSum a, GroundSum b) => new(a.Count + b.Count, a.Colours + b.Colours, a.Squares + b.Squares);

    public static GroundSum operator *(GroundSum a, double by) => new(a.Count * by, a.Colours * by, a.Squares * by);
}
