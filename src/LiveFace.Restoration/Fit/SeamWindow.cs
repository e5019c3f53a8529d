using LiveFace.Media.Frames;
using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration.Fit;

/// <summary>A small window over a mark's edge: the mean of what is inside, as if wholly covered, and of what is outside.</summary>
/// <param name="Inside">The mean of the marked pixels, brought to full coverage.</param>
/// <param name="Outside">The mean of those that are not marked.</param>
/// <param name="Counts">What it counts: more with more pixels on both sides, less where the outside is uneven.</param>
/// <param name="Cell">Which cell of the grid it is, row by row.</param>
internal readonly record struct SeamWindow(Colour Inside, Colour Outside, double Counts, int Cell)
{
    /// <summary>The mask from which a pixel counts as marked.</summary>
    public const int Marked = 128;

    private const int Reach = 5;
    private const double LeastInside = 5;
    private const int LeastOutside = 12;
    private const int LeastCover = 77;
    private const int MostOutsideMask = 26;
    private const double Flatness = 25;

    public static SeamWindow[] All(VideoFrame frame, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> cover, SeamGrid grid)
    {
        var found = new List<SeamWindow>();
        for (var cell = 0; cell < grid.Columns * grid.Rows; cell++)
            if (At(frame, mask, cover, grid, cell) is { } window)
                found.Add(window);
        return [.. found];
    }

    private static SeamWindow? At(VideoFrame frame, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> cover, SeamGrid grid, int cell)
    {
        var (x, y) = (cell % grid.Columns * grid.Step, cell / grid.Columns * grid.Step);
        var (left, right) = (Math.Max(0, x - Reach), Math.Min(frame.Width - 1, x + Reach));
        double inside = 0, covered = 0;
        var outside = 0;
        Colour within = default, beside = default, squares = default;
        for (var row = Math.Max(0, y - Reach); row <= Math.Min(frame.Height - 1, y + Reach); row++)
        {
            var pixels = new FrameRow(frame, row);
            for (var column = left; column <= right; column++)
            {
                var at = row * frame.Width + column;
                if (mask[at] >= Marked && cover[at] >= LeastCover)
                {
                    var part = cover[at] / 255.0;
                    within += Colour.Of(pixels, column) * part;
                    inside += part;
                    covered += part * part;
                }
                else if (mask[at] < MostOutsideMask)
                {
                    var colour = Colour.Of(pixels, column);
                    beside += colour;
                    squares += new Colour(colour.R * colour.R, colour.G * colour.G, colour.B * colour.B);
                    outside++;
                }
            }
        }

        if (inside < LeastInside || outside < LeastOutside)
            return null;
        (within, beside, squares) = (within * (1 / inside), beside * (1.0 / outside), squares * (1.0 / outside));
        var variance = Math.Max(0, (squares.R + squares.G + squares.B - beside.Squared) / 3);
        return new SeamWindow(beside + (within - beside) * (inside / covered), beside, Math.Min(inside, outside) / (Flatness + variance), cell);
    }
}
