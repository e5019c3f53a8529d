using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Looks;

/// <summary>The cells of one frame that are hidden because no look vouches for them. The memory is used again.</summary>
internal sealed class HiddenCells
{
    private bool[] _cells = [];
    private bool[] _grown = [];
    private int _columns;
    private int _rows;

    /// <summary>How many are hidden.</summary>
    public int Count { get; private set; }

    /// <summary>Which part of the picture is hidden, 0 to 1.</summary>
    public double Part => _columns * _rows == 0 ? 0 : (double)Count / (_columns * _rows);

    private Span<bool> Cells => _cells.AsSpan(0, _columns * _rows);

    /// <summary>Begins a frame with nothing hidden.</summary>
    public void Begin(CellPicture cells)
    {
        (_columns, _rows, Count) = (cells.Columns, cells.Rows, 0);
        if (_cells.Length < _columns * _rows)
        {
            _cells = new bool[_columns * _rows];
            _grown = new bool[_columns * _rows];
        }

        Cells.Clear();
    }

    /// <summary>Hides the cells that do not have all of these marks.</summary>
    public void AddAllBut(ReadOnlySpan<byte> marks, int all)
    {
        var cells = Cells;
        for (var i = 0; i < cells.Length; i++)
            cells[i] |= (marks[i] & all) != all;
        Count = cells.Count(true);
    }

    /// <summary>
    /// Takes back the cells that a region covers wholly with what takes nothing from inside: they are hidden as the policy wants.
    /// </summary>
    public void Spare(in EffectRegion region)
    {
        if (Count == 0 || region.Mask is not null || region.Shape is not (RegionShape.Box or RegionShape.Ellipse))
            return;
        var bounds = region.Bounds;
        var (centreX, centreY) = (bounds.X + bounds.Width * 0.5f, bounds.Y + bounds.Height * 0.5f);
        var reach = region.Shape == RegionShape.Ellipse ? Superellipse.Growth : 1;
        var top = Math.Max(0, (int)MathF.Ceiling((centreY - bounds.Height * 0.5f * reach) / CellPicture.Side));
        var bottom = Math.Min(_rows, (int)MathF.Floor((centreY + bounds.Height * 0.5f * reach) / CellPicture.Side));
        for (var row = top; row < bottom; row++)
        {
            // An oval is narrowest where the row is furthest from its centre.
            var furthest = MathF.Max(MathF.Abs(row * CellPicture.Side - centreY), MathF.Abs((row + 1) * CellPicture.Side - centreY));
            var across = region.Shape == RegionShape.Ellipse
                ? Superellipse.CoreAt(furthest, bounds.Width, bounds.Height)
                : bounds.Width * 0.5f;
            var left = Math.Clamp((int)MathF.Ceiling((centreX - across) / CellPicture.Side), 0, _columns);
            var right = Math.Clamp((int)MathF.Floor((centreX + across) / CellPicture.Side), left, _columns);
            Cells.Slice(row * _columns + left, right - left).Clear();
        }

        Count = Cells.Count(true);
    }

    /// <summary>Hides everything that is so near to a hidden cell that it may be part of the same face.</summary>
    public void Grow(int pixels)
    {
        if (Count == 0 || Count == Cells.Length)
            return;
        for (var steps = CellPicture.Count(pixels); steps > 0; steps--)
            GrowByOne();
        Count = Cells.Count(true);
    }

    /// <summary>Paints what is hidden with what the last picture shows there, or in one grey where it cannot stand for this one.</summary>
    public void Paint(VideoFrame frame, VideoFrame? last)
    {
        for (var row = 0; row < _rows; row++)
        {
            var line = Cells.Slice(row * _columns, _columns);
            for (var from = line.IndexOf(true); from >= 0;)
            {
                var length = line[from..].IndexOf(false);
                var to = length < 0 ? _columns : from + length;
                var part = new PixelRect(from * CellPicture.Side, row * CellPicture.Side, (to - from) * CellPicture.Side, CellPicture.Side)
                    .Clip(frame.Width, frame.Height);
                CoverFill.Apply(frame, part, last);
                var next = to < _columns ? line[to..].IndexOf(true) : -1;
                from = next < 0 ? -1 : to + next;
            }
        }
    }

    private void GrowByOne()
    {
        var cells = Cells;
        var grown = _grown.AsSpan(0, _columns * _rows);
        for (var row = 0; row < _rows; row++)
        {
            var line = cells.Slice(row * _columns, _columns);
            var to = grown.Slice(row * _columns, _columns);
            for (var i = 0; i < line.Length; i++)
                to[i] = line[i] || (i > 0 && line[i - 1]) || (i + 1 < line.Length && line[i + 1]);
        }

        for (var row = 0; row < _rows; row++)
        {
            var line = cells.Slice(row * _columns, _columns);
            for (var i = 0; i < line.Length; i++)
                line[i] = grown[row * _columns + i] || (row > 0 && grown[(row - 1) * _columns + i]) ||
                    (row + 1 < _rows && grown[(row + 1) * _columns + i]);
        }
    }
}
