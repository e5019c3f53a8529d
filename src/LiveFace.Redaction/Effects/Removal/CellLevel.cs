using System.Runtime.Intrinsics;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects.Removal;

/// <summary>The window's cells at one scale: their mean colours, and what is known of each. The memory is used again.</summary>
internal sealed class CellLevel
{
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Brightness and both colour differences of each cell, in the first three lanes.</summary>
    public Vector128<float>[] Colours { get; private set; } = [];

    public CellKind[] Kinds { get; private set; } = [];

    public int Count => Width * Height;

    /// <summary>Reads the finest scale out of a picture: nothing of a cell that touches a hidden block.</summary>
    public void Read(VideoFrame frame, in FillWindow window, HiddenBlocks hidden)
    {
        Open(window.Width, window.Height);
        var side = 2 * window.Half;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var rect = new PixelRect((window.Left + x) * side, (window.Top + y) * side, side, side);
                var seen = rect.Clip(frame.Width, frame.Height);
                var at = y * Width + x;
                if (seen.IsEmpty || IsHidden(seen, hidden))
                    Kinds[at] = window.Hole.X <= x && x < window.Hole.Right && window.Hole.Y <= y && y < window.Hole.Bottom ? CellKind.Hole : CellKind.Shut;
                else
                {
                    Kinds[at] = seen == rect ? CellKind.Open : CellKind.Edge;
                    Colours[at] = Mean(frame, seen);
                }
            }
    }

    /// <summary>Makes this scale half of a finer one. A cell is filled when something of it is, and read where something of it may be.</summary>
    public void Halve(CellLevel finer)
    {
        Open((finer.Width + 1) / 2, (finer.Height + 1) / 2);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var (sum, known, open, hole) = (Vector128<float>.Zero, 0, 0, 0);
                for (var row = 2 * y; row < Math.Min(2 * y + 2, finer.Height); row++)
                    for (var column = 2 * x; column < Math.Min(2 * x + 2, finer.Width); column++)
                    {
                        var kind = finer.Kinds[row * finer.Width + column];
                        open += kind == CellKind.Open ? 1 : 0;
                        hole += kind == CellKind.Hole ? 1 : 0;
                        if (kind > CellKind.Edge)
                            continue;
                        sum += finer.Colours[row * finer.Width + column];
                        known++;
                    }

                var at = y * Width + x;
                Kinds[at] = open == 4 ? CellKind.Open : known >= 2 ? CellKind.Edge : hole > 0 ? CellKind.Hole : CellKind.Shut;
                if (known > 0)
                    Colours[at] = sum / known;
            }
    }

    /// <summary>Colours for what is not known: from a coarser scale.</summary>
    public void TakeFrom(CellLevel coarser)
    {
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                if (Kinds[y * Width + x] > CellKind.Edge)
                    Colours[y * Width + x] = coarser.Colours[y / 2 * coarser.Width + x / 2];
    }

    /// <summary>Colours for what is not known: what flows in from round it.</summary>
    public void Diffuse()
    {
        var (sum, known) = (Vector128<float>.Zero, 0);
        for (var i = 0; i < Count; i++)
            if (Kinds[i] <= CellKind.Edge)
                (sum, known) = (sum + Colours[i], known + 1);
        for (var i = 0; i < Count; i++)
            if (Kinds[i] > CellKind.Edge)
                Colours[i] = sum / Math.Max(1, known);
        for (var sweep = 0; sweep < 2 * Math.Max(Width, Height); sweep++)
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                    if (Kinds[y * Width + x] > CellKind.Edge)
                        Colours[y * Width + x] = (
                            Colours[y * Width + Math.Max(0, x - 1)] + Colours[y * Width + Math.Min(Width - 1, x + 1)]
                            + Colours[Math.Max(0, y - 1) * Width + x] + Colours[Math.Min(Height - 1, y + 1) * Width + x]) / 4;
    }

    private void Open(int width, int height)
    {
        (Width, Height) = (width, height);
        if (Kinds.Length >= width * height)
            return;
        Kinds = new CellKind[width * height];
        Colours = new Vector128<float>[width * height];
    }

    private static bool IsHidden(PixelRect rect, HiddenBlocks hidden)
    {
        for (var row = rect.Y / HiddenBlocks.Side; row <= (rect.Bottom - 1) / HiddenBlocks.Side; row++)
            if (hidden.Row(row)[(rect.X / HiddenBlocks.Side)..((rect.Right - 1) / HiddenBlocks.Side + 1)].ContainsAnyExcept((byte)0))
                return true;
        return false;
    }

    private static Vector128<float> Mean(VideoFrame frame, PixelRect rect)
    {
        int luma = 0, blue = 0, red = 0;
        for (var y = rect.Y; y < rect.Bottom; y++)
            foreach (var level in frame.RowY(y).Slice(rect.X, rect.Width))
                luma += level;
        var (left, right, top, bottom) = (rect.X / 2, (rect.Right + 1) / 2, rect.Y / 2, (rect.Bottom + 1) / 2);
        for (var y = top; y < bottom; y++)
        {
            foreach (var level in frame.RowU(y)[left..right])
                blue += level;
            foreach (var level in frame.RowV(y)[left..right])
                red += level;
        }

        float area = rect.Width * rect.Height, chroma = (right - left) * (bottom - top);
        return Vector128.Create(luma / area, blue / chroma, red / chroma, 0);
    }
}
