using System.Runtime.Intrinsics;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects.Removal;

/// <summary>
/// Copies pixels from where the cells are filled from. Each quarter of a cell mixes what its own place brings with what the
/// places of the three cells beside it would, so that no seam lies between two cells.
/// </summary>
internal sealed unsafe class PatchCopy
{
    private readonly int[] _shift = new int[4];
    private readonly float[] _change = new float[4];

    public void Paint(ExemplarFill fill, in FillWindow window, PlaneKind plane, PixelRect rect, PlaneView source, PlaneView target)
    {
        var side = plane == PlaneKind.Y ? 2 * window.Half : window.Half;
        var (left, top) = (window.Left * side, window.Top * side);
        for (var row = (rect.Y - top) / side; row * side + top < rect.Bottom; row++)
            for (var column = (rect.X - left) / side; column * side + left < rect.Right; column++)
            {
                var cell = new PixelRect(left + column * side, top + row * side, side, side);
                var isFilled = fill.IsFilled(column, row);
                for (var quarter = 0; quarter < (isFilled ? 4 : 1); quarter++)
                {
                    var part = isFilled ? Quarter(cell, quarter) : cell;
                    part = Within(part, rect);
                    if (part.IsEmpty)
                        continue;
                    if (!isFilled)
                        Keep(part, rect, source, target);
                    else
                    {
                        Take(fill, window, plane, column, row, quarter, side, source.Stride);
                        Mix(part, rect, cell, side, source, target);
                    }
                }
            }
    }

    /// <summary>The places of the cell and of the cells beside this quarter; one that is not filled stands aside for the cell itself.</summary>
    private void Take(ExemplarFill fill, in FillWindow window, PlaneKind plane, int column, int row, int quarter, int side, int stride)
    {
        var (dx, dy) = ((quarter & 1) * 2 - 1, (quarter >> 1) * 2 - 1);
        for (var i = 0; i < _shift.Length; i++)
        {
            var (x, y) = (column + (i & 1) * dx, row + (i >> 1) * dy);
            if (x < 0 || y < 0 || x >= window.Width || y >= window.Height || !fill.IsFilled(x, y))
                (x, y) = (column, row);
            var (across, down, change) = fill.At(x, y);
            _shift[i] = (down * stride + across) * side;
            _change[i] = change[(int)plane];
        }
    }

    private void Mix(PixelRect part, PixelRect rect, PixelRect cell, int side, PlaneView source, PlaneView target)
    {
        for (var y = part.Y; y < part.Bottom; y++)
        {
            var from = source.Row(y - rect.Y) - rect.X;
            var to = target.Row(y - rect.Y) - rect.X;
            var down = MathF.Abs((y - cell.Y + 0.5f) / side - 0.5f);
            for (var x = part.X; x < part.Right; x++)
            {
                var across = MathF.Abs((x - cell.X + 0.5f) / side - 0.5f);
                var level = (1 - down) * ((1 - across) * (from[x + _shift[0]] + _change[0]) + across * (from[x + _shift[1]] + _change[1]))
                    + down * ((1 - across) * (from[x + _shift[2]] + _change[2]) + across * (from[x + _shift[3]] + _change[3]));
                to[x] = (byte)Math.Clamp(level + 0.5f, 0, 255);
            }
        }
    }

    private static void Keep(PixelRect part, PixelRect rect, PlaneView source, PlaneView target)
    {
        for (var y = part.Y - rect.Y; y < part.Bottom - rect.Y; y++)
            source.Span(y).Slice(part.X - rect.X, part.Width).CopyTo(target.Span(y)[(part.X - rect.X)..]);
    }

    private static PixelRect Quarter(PixelRect cell, int quarter)
    {
        var (half, rest) = (cell.Width / 2, cell.Width - cell.Width / 2);
        return new PixelRect(
            cell.X + (quarter & 1) * half, cell.Y + (quarter >> 1) * half, (quarter & 1) == 0 ? half : rest, (quarter >> 1) == 0 ? half : rest);
    }

    private static PixelRect Within(PixelRect part, PixelRect rect)
    {
        var (x, y) = (Math.Max(part.X, rect.X), Math.Max(part.Y, rect.Y));
        return new PixelRect(x, y, Math.Max(0, Math.Min(part.Right, rect.Right) - x), Math.Max(0, Math.Min(part.Bottom, rect.Bottom) - y));
    }
}
