using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects.Removal;

/// <summary>
/// The cells in which a region is filled: square, of an even number of pixels, as many at most whatever the region's size, and
/// with as much round it to fill from.
/// </summary>
internal readonly struct FillWindow
{
    /// <summary>Cells along the region's longer side.</summary>
    public const int MostCells = 72;

    private const int LeastMargin = 12;

    private FillWindow(in Placement place, VideoFrame frame)
    {
        var visible = place.Visible;
        var longer = Math.Max(visible.Width, visible.Height);
        Half = Math.Max(1, (longer + MostCells - 1) / MostCells);
        var (columns, rows) = ((frame.ChromaWidth + Half - 1) / Half, (frame.ChromaHeight + Half - 1) / Half);
        var hole = new PixelRect(visible.X / Half, visible.Y / Half, 0, 0);
        hole = hole with { Width = (visible.Right + Half - 1) / Half - hole.X, Height = (visible.Bottom + Half - 1) / Half - hole.Y };
        var margin = Math.Max(LeastMargin, Math.Max(hole.Width, hole.Height) * 3 / 4);
        Left = Math.Max(0, hole.X - margin);
        Top = Math.Max(0, hole.Y - margin);
        Width = Math.Min(columns, hole.Right + margin) - Left;
        Height = Math.Min(rows, hole.Bottom + margin) - Top;
        Hole = new PixelRect(hole.X - Left, hole.Y - Top, hole.Width, hole.Height);
    }

    /// <summary>A cell's side in chroma samples, half of that in pixels.</summary>
    public int Half { get; }

    /// <summary>The first column of cells, counted from the picture's edge.</summary>
    public int Left { get; }

    public int Top { get; }

    /// <summary>Columns of cells.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>The region in cells of the window.</summary>
    public PixelRect Hole { get; }

    public static FillWindow Of(VideoFrame frame, in Placement place) => new(place, frame);
}
