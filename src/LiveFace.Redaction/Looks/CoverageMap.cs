using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Looks;

/// <summary>
/// Where one model's looks have looked, when, and down to which face size. A cell of a frame counts as looked at when a look
/// at a frame of the same epoch, no further away than the maximum age, showed faces as small as is promised there, and one
/// that showed those twice as large saw in the cell what the frame shows. The looks' receipts are the map: the newest are
/// kept, and each frame is held against them. Nothing is allocated once the pictures keep their size.
/// </summary>
internal sealed class CoverageMap
{
    // A second at 30 looks a second. What lies further back is forgotten, and hides.
    private const int Kept = 32;
    private const byte Fine = 1;
    private const byte Same = 2;

    private readonly LookRecord[] _records = new LookRecord[Kept];
    private byte[] _marks = [];
    private int _newest = -1;

    public CoverageMap()
    {
        for (var i = 0; i < Kept; i++)
            _records[i] = new LookRecord();
    }

    /// <summary>A look is over and sound.</summary>
    public void Take(LookReceipt receipt)
    {
        _newest = (_newest + 1) % Kept;
        _records[_newest].Set(receipt);
    }

    /// <summary>Adds the cells of a frame that no look vouches for.</summary>
    public void HideUnseen(FrameTracks frame, in LookPromise promise, bool strict, HiddenCells hidden)
    {
        var cells = frame.Cells.Brightness;
        if (_marks.Length < cells.Length)
            _marks = new byte[cells.Length];
        var marks = _marks.AsSpan(0, cells.Length);
        marks.Clear();
        var left = Fine | Same;
        for (var i = 0; i < Kept && left != 0 && _newest >= 0; i++)
        {
            var record = _records[(_newest - i + Kept) % Kept];
            if (!record.SpeaksFor(frame, promise.MaximumAge, strict))
                continue;
            if (frame.Cells.Columns != record.Cells.Columns || frame.Cells.Rows != record.Cells.Rows)
                continue;
            foreach (ref readonly var window in record.Windows)
            {
                if ((left & Fine) != 0 && window.SmallestFace <= promise.SmallestFace && record.Mark(marks, window, promise, Fine))
                    left &= ~Fine;
                if ((left & Same) == 0 || window.SmallestFace > promise.AtOnce)
                    continue;
                var isOwn = record.Is(frame);
                if (isOwn ? record.Mark(marks, window, promise, Same) : record.MarkSame(marks, window, promise, cells, Same))
                    left &= ~Same;
            }
        }

        // What vouches for all of the picture is not marked cell by cell.
        if (left != 0)
            hidden.AddAllBut(marks, left);
    }

    /// <summary>A look as the map keeps it.</summary>
    private sealed class LookRecord
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
}
