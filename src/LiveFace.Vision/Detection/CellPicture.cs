using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>
/// The mean brightness of a picture in cells of 8 × 8 pixels: enough to tell whether a place has changed. The memory is used
/// again.
/// </summary>
public sealed class CellPicture
{
    /// <summary>Pixels of a cell's side.</summary>
    public const int Side = 1 << Level;

    /// <summary>From this difference on a cell shows something else: above a camera's noise at night, below what a face differs from what it covers.</summary>
    public const int LeastDifference = 6;

    private const int Level = 3;
    private byte[] _cells = [];

    /// <summary>Cells across.</summary>
    public int Columns { get; private set; }

    /// <summary>Cells down.</summary>
    public int Rows { get; private set; }

    /// <summary>The means, row by row.</summary>
    public ReadOnlySpan<byte> Brightness => _cells.AsSpan(0, Columns * Rows);

    /// <summary>How many cells so many pixels take; the last may be smaller.</summary>
    public static int Count(int pixels) => (pixels + Side - 1) / Side;

    /// <summary>Takes a copy.</summary>
    public void CopyFrom(CellPicture other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Open(other.Columns, other.Rows);
        other.Brightness.CopyTo(_cells);
    }

    /// <summary>Reads a picture.</summary>
    public void Read(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Open(Count(frame.Width), Count(frame.Height));
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Columns; column++)
                _cells[row * Columns + column] = Mean(frame, column * Side, row * Side);
    }

    /// <summary>Reads the brightness that was halved three times already, where there is one.</summary>
    internal void Read(VideoFrame frame, LumaPyramid halved)
    {
        if (halved.IsEmpty || halved.First > Level || halved.Last < Level || halved.FrameWidth != frame.Width || halved.FrameHeight != frame.Height)
        {
            Read(frame);
            return;
        }

        Open(Count(frame.Width), Count(frame.Height));
        var (width, height) = (halved.Width(Level), halved.Height(Level));
        var plane = halved.Plane(Level);
        for (var row = 0; row < Rows; row++)
        {
            // A last cell that is cut by the picture's edge goes by its neighbour.
            var to = _cells.AsSpan(row * Columns, Columns);
            plane.Slice(Math.Min(row, height - 1) * width, width).CopyTo(to);
            to[width..].Fill(to[width - 1]);
        }
    }

    private static byte Mean(VideoFrame frame, int left, int top)
    {
        var (width, height) = (Math.Min(Side, frame.Width - left), Math.Min(Side, frame.Height - top));
        var sum = 0;
        for (var y = top; y < top + height; y++)
            foreach (var value in frame.RowY(y).Slice(left, width))
                sum += value;
        return (byte)(sum / (width * height));
    }

    private void Open(int columns, int rows)
    {
        (Columns, Rows) = (columns, rows);
        if (_cells.Length < columns * rows)
            _cells = new byte[columns * rows];
    }
}
