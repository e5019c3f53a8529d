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
}
