using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Looks;

/// <summary>A look as the map keeps it.</summary>
internal sealed class LookRecord
{
    private readonly List<LookedWindow> _windows = [];
    private FrameMark _mark;

    public CellPicture Cells { get; } = new();

    public ReadOnlySpan<LookedWindow> Windows => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_windows);

    public void Set(LookReceipt receipt)
    {
        _mark = receipt.Mark;
        Cells.CopyFrom(receipt.Cells);
        _windows.Clear();
        foreach (ref readonly var window in receipt.Windows)
            _windows.Add(window);
    }

    public bool Is(FrameTracks frame) => _mark == frame.Mark;

    public bool SpeaksFor(FrameTracks frame, TimeSpan maximumAge, bool strict) =>
        _mark.Epoch == frame.Mark.Epoch && (strict ? Is(frame) : _mark.DistanceTo(frame.Mark) <= maximumAge);

    /// <summary>Marks the cells that lie in a window, unless they are all of the picture, which is what it says.</summary>
    public bool Mark(Span<byte> marks, in LookedWindow window, in LookPromise promise, byte bit)
    {
        var (left, top, right, bottom) = Inside(window.Window, promise);
        if (left == 0 && top == 0 && right == Cells.Columns && bottom == Cells.Rows)
            return true;
        for (var row = top; row < bottom; row++)
            foreach (ref var mark in marks.Slice(row * Cells.Columns + left, right - left))
                mark |= bit;
        return false;
    }

    /// <summary>Marks the cells in a window that show what they showed then; says whether all of the picture does.</summary>
    public bool MarkSame(Span<byte> marks, in LookedWindow window, in LookPromise promise, ReadOnlySpan<byte> cells, byte bit)
    {
        var (left, top, right, bottom) = Inside(window.Window, promise);
        var all = left == 0 && top == 0 && right == Cells.Columns && bottom == Cells.Rows;
        for (var row = top; row < bottom; row++)
        {
            var from = row * Cells.Columns + left;
            var before = Cells.Brightness.Slice(from, right - left);
            var now = cells.Slice(from, right - left);
            var to = marks.Slice(from, right - left);
            for (var i = 0; i < to.Length; i++)
            {
                if (Math.Abs(now[i] - before[i]) < CellPicture.LeastDifference)
                    to[i] |= bit;
                else
                    all = false;
            }
        }

        return all;
    }

    /// <summary>
    /// The cells of which a look through a window can tell: a face over the edge is seen in half, so that as much as half
    /// of the smallest face counts for nothing there, but at the picture's own edges.
    /// </summary>
    private (int Left, int Top, int Right, int Bottom) Inside(PixelRect window, in LookPromise promise)
    {
        var margin = (promise.SmallestFace + 1) / 2;
        var (width, height) = (Cells.Columns * CellPicture.Side, Cells.Rows * CellPicture.Side);
        var left = window.X <= 0 ? 0 : CellPicture.Count(window.X + margin);
        var top = window.Y <= 0 ? 0 : CellPicture.Count(window.Y + margin);
        var right = window.Right > width - CellPicture.Side ? Cells.Columns : (window.Right - margin) / CellPicture.Side;
        var bottom = window.Bottom > height - CellPicture.Side ? Cells.Rows : (window.Bottom - margin) / CellPicture.Side;
        return (left, top, Math.Max(left, right), Math.Max(top, bottom));
    }
}
