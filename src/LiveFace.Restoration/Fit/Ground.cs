using LiveFace.Media.Frames;
using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration.Fit;

/// <summary>The picture around a mark: what its pixels that are not marked have for a mean near each place, and how much a pixel there counts.</summary>
internal sealed class Ground
{
    private const int MostOutsideMask = 26;

    // Sides of boxes, in cells, laid on twice; what is far counts little beside what is near.
    private const int Near = 3;
    private const int Wide = 13;
    private const double WideCounts = 3e-5;
    private const double AllCounts = 1e-9;

    // Of what is outside, as often as boxes hold it.
    private const double LeastNear = 15;

    // Variances: one that makes no pixel count less, and what is taken where nothing near is outside.
    private const double Flatness = 25;
    private const double Unseen = 375;

    private readonly SeamGrid _grid;
    private readonly Colour[] _mean;
    private readonly double[] _counts;

    private Ground(SeamGrid grid, GroundSum[] cells)
    {
        var (near, wide, all) = (GroundSum.Spread(cells, grid, Near), GroundSum.Spread(cells, grid, Wide), GroundSum.Of(cells));
        (_grid, _mean, _counts) = (grid, new Colour[cells.Length], new double[cells.Length]);
        for (var i = 0; i < cells.Length; i++)
        {
            var total = near[i] + wide[i] * WideCounts + all * AllCounts;
            _mean[i] = total.Colours * (1 / Math.Max(total.Count, 1e-12));
            var (n, mean) = (near[i].Count, near[i].Colours * (1 / Math.Max(near[i].Count, 1)));
            _counts[i] = 1 / (Flatness + (n < LeastNear ? Unseen : Math.Max(0, (near[i].Squares / n - mean.Squared) / 3)));
        }
    }

    public static Ground Of(VideoFrame frame, ReadOnlySpan<byte> mask)
    {
        var grid = SeamGrid.Of(frame.Width, frame.Height);
        var cells = new GroundSum[grid.Columns * grid.Rows];
        for (var y = 0; y < frame.Height; y++)
        {
            var row = new FrameRow(frame, y);
            for (var x = 0; x < frame.Width; x++)
                if (mask[y * frame.Width + x] < MostOutsideMask)
                    cells[grid.At(x, y)] += GroundSum.One(Colour.Of(row, x));
        }

        return new Ground(grid, cells);
    }

    /// <summary>How much a pixel counts: less where what is around it is uneven.</summary>
    public double Counts(int x, int y) => _counts[_grid.At(x, y)];

    /// <summary>The mean around a pixel, between the middles of cells.</summary>
    public Colour At(int x, int y)
    {
        var (left, right, along) = Between(x, _grid.Columns);
        var (top, bottom, down) = Between(y, _grid.Rows);
        (top, bottom) = (top * _grid.Columns, bottom * _grid.Columns);
        var above = _mean[top + left] * (1 - along) + _mean[top + right] * along;
        var under = _mean[bottom + left] * (1 - along) + _mean[bottom + right] * along;
        return above * (1 - down) + under * down;
    }

    private (int From, int To, double Part) Between(int at, int count)
    {
        var place = Math.Clamp((at + 0.5) / _grid.Step - 0.5, 0, count - 1);
        var from = (int)place;
        return (from, Math.Min(from + 1, count - 1), place - from);
    }
}
