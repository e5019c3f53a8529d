using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>Reads a mask that is stretched over a rectangle, between its points in straight lines.</summary>
internal static class MaskSampling
{
    /// <summary>Writes the coverage of the pixels (left…, y); outside of the bounds it is zero.</summary>
    public static void Row(AlphaMask mask, PixelRect bounds, int left, int y, Span<byte> row, bool outside)
    {
        if (y < bounds.Y || y >= bounds.Bottom)
        {
            row.Clear();
            return;
        }

        // 16.16 positions of the pixels' middles among the mask's points.
        var stepX = ((long)mask.Width << 16) / bounds.Width;
        var positionY = Position(y - bounds.Y, mask.Height, bounds.Height);
        var y0 = (int)(positionY >> 16);
        var y1 = Math.Min(y0 + 1, mask.Height - 1);
        var fy = (int)(positionY & 0xFFFF) >> 8;
        var upper = mask.Pixels.Slice(y0 * mask.Width, mask.Width);
        var lower = mask.Pixels.Slice(y1 * mask.Width, mask.Width);
        var last = ((long)(mask.Width - 1)) << 16;
        var at = (left - bounds.X) * stepX + (stepX >> 1) - 0x8000;
        for (var i = 0; i < row.Length; i++, at += stepX)
        {
            var x = left + i;
            if (x < bounds.X || x >= bounds.Right)
            {
                row[i] = 0;
                continue;
            }

            var position = Math.Clamp(at, 0, last);
            var x0 = (int)(position >> 16);
            var x1 = Math.Min(x0 + 1, mask.Width - 1);
            var fx = (int)(position & 0xFFFF) >> 8;
            var above = upper[x0] * (256 - fx) + upper[x1] * fx;
            var below = lower[x0] * (256 - fx) + lower[x1] * fx;
            var covered = above * (256 - fy) + below * fy + 0x8000 >> 16;
            row[i] = (byte)(outside ? 255 - covered : covered);
        }
    }

    private static long Position(int pixel, int points, int pixels)
    {
        var step = ((long)points << 16) / pixels;
        return Math.Clamp(pixel * step + (step >> 1) - 0x8000, 0, (long)(points - 1) << 16);
    }
}
