using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects;

/// <summary>Fills rectangles that are snapped outwards to even pixels.</summary>
internal static class FrameFill
{
    public static void Rectangle(VideoFrame frame, PixelRect rect, YuvColor colour)
    {
        var right = (int)Math.Min((long)rect.X + rect.Width, int.MaxValue - 1);
        var bottom = (int)Math.Min((long)rect.Y + rect.Height, int.MaxValue - 1);
        var x0 = Math.Clamp(rect.X >> 1, 0, frame.ChromaWidth);
        var y0 = Math.Clamp(rect.Y >> 1, 0, frame.ChromaHeight);
        var x1 = Math.Clamp((right + 1) >> 1, x0, frame.ChromaWidth);
        var y1 = Math.Clamp((bottom + 1) >> 1, y0, frame.ChromaHeight);
        if (rect.IsEmpty || x0 == x1)
            return;
        for (var y = y0 * 2; y < Math.Min(y1 * 2, frame.Height); y++)
            frame.RowY(y)[(x0 * 2)..Math.Min(x1 * 2, frame.Width)].Fill(colour.Y);
        for (var y = y0; y < y1; y++)
        {
            frame.RowU(y)[x0..x1].Fill(colour.U);
            frame.RowV(y)[x0..x1].Fill(colour.V);
        }
    }
}
