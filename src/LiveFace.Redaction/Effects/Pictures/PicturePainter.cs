using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects.Pictures;

/// <summary>
/// Lays a picture over one plane, scaled between its points in straight lines: two rows of the picture are mixed, the
/// mixed row is drawn out to the columns that are seen, and that row is laid over the target. The first and the last
/// step are vector operations; the middle one reads where each column lies from a table.
/// </summary>
internal sealed unsafe class PicturePainter
{
    private readonly Scratch _mixed = new();
    private readonly Scratch _drawn = new();
    private readonly Scratch _columns = new();

    /// <summary>
    /// Draws the picture over <paramref name="box"/>, which is given in the target's samples and may reach over its
    /// edges.
    /// </summary>
    public void Paint(OverlayPicture picture, PlaneKind plane, PixelRect box, PlaneView target)
    {
        var visible = box.Clip(target.Width, target.Height);
        if (visible.IsEmpty)
            return;
        var level = picture.LevelFor(box.Width, box.Height);
        var columns = Columns(level.Width, box, visible);
        // One point more than the row has, so that the last column has a right neighbour.
        var colour = _mixed.Get(2 * (level.Width + 1));
        var alpha = colour + level.Width + 1;
        var drawnColour = _drawn.Get(2 * visible.Width);
        var drawnAlpha = drawnColour + visible.Width;
        var stepY = ((long)level.Height << 16) / box.Height;
        for (var y = visible.Y; y < visible.Bottom; y++)
        {
            var at = Math.Clamp((y - box.Y) * stepY + (stepY >> 1) - 0x8000, 0, (long)(level.Height - 1) << 16);
            var row = (int)(at >> 16);
            var next = Math.Min(row + 1, level.Height - 1);
            var part = (int)(at & 0xFFFF) >> 8;
            Between(level.Alpha, level.Width, row, next, part, alpha);
            if (!new ReadOnlySpan<byte>(alpha, level.Width).ContainsAnyExcept((byte)0))
                continue;
            Between(level.Colour(plane), level.Width, row, next, part, colour);
            DrawOut(colour, columns, drawnColour, visible.Width);
            DrawOut(alpha, columns, drawnAlpha, visible.Width);
            Blend.Premultiplied(target.Row(y) + visible.X, drawnColour, drawnAlpha, visible.Width);
        }
    }

    /// <summary>For each column that is seen: its left point in the upper 24 bits, and how far it is to the next in the rest.</summary>
    private uint* Columns(int points, PixelRect box, PixelRect visible)
    {
        var columns = (uint*)_columns.Get(visible.Width * sizeof(uint));
        var step = ((long)points << 16) / box.Width;
        var last = (long)(points - 1) << 16;
        var at = (visible.X - box.X) * step + (step >> 1) - 0x8000;
        for (var x = 0; x < visible.Width; x++, at += step)
            columns[x] = (uint)(Math.Clamp(at, 0, last) >> 8);
        return columns;
    }

    private static void DrawOut(byte* points, uint* columns, byte* target, int width)
    {
        for (var x = 0; x < width; x++)
        {
            var point = points + (columns[x] >> 8);
            var part = (int)(columns[x] & 255);
            target[x] = (byte)((point[0] << 8) + (point[1] - point[0]) * part + 128 >> 8);
        }
    }

    private static void Between(ReadOnlySpan<byte> plane, int width, int row, int next, int part, byte* mixed)
    {
        fixed (byte* upper = plane.Slice(row * width, width), lower = plane.Slice(next * width, width))
            Blend.Lerp(upper, lower, part, mixed, width);
        mixed[width] = mixed[width - 1];
    }
}
