using LiveFace.Media.Frames;
using LiveFace.Restoration.Fit;
using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration;

/// <summary>
/// Numbers about one picture and its mask. training/watermark/README.md defines them; the card's reference histograms are of the same.
/// </summary>
/// <param name="MaskShare">Which part of the pixels is marked.</param>
/// <param name="Confidence">The mean of the mask over marked pixels, 0 to 1; null where none is.</param>
/// <param name="ResidualEnergy">How far marked pixels are moved: root mean square of 0 to 255; null where no mark was found.</param>
/// <param name="Size">The square root of the picture's area in pixels.</param>
/// <param name="Brightness">The mean luma, 0 to 255.</param>
/// <param name="Sharpness">The mean step between neighbours, across plus down, in the middle 512 × 512 pixels.</param>
public readonly record struct MarkMeasures(
    double MaskShare, double? Confidence, double? ResidualEnergy, double Size, double Brightness, double Sharpness)
{
    private const int Middle = 512;

    internal static MarkMeasures Of(VideoFrame frame, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> cover, Mark? mark)
    {
        long found = 0, sure = 0;
        double moved = 0;
        var colours = mark is { } known ? new MarkColours(frame, mask, known) : null;
        for (var y = 0; y < frame.Height; y++)
        {
            var row = new FrameRow(frame, y);
            for (var x = 0; x < frame.Width; x++)
            {
                var at = y * frame.Width + x;
                if (mask[at] < MarkLook.Marked)
                    continue;
                if (mark is { } off)
                    moved += Moved(row.At(x), colours!.At(x, y, cover[at]), cover[at] / 255.0 * off.Opacity);
                sure += mask[at];
                found++;
            }
        }

        return new MarkMeasures(
            found / (double)mask.Length, found == 0 ? null : sure / (255.0 * found), found == 0 || mark is null ? null : Math.Sqrt(moved / (3 * found)),
            Math.Sqrt((double)frame.Width * frame.Height), BrightnessOf(frame), SharpnessOf(frame));
    }

    /// <summary>By how much a pixel changes when the mark is taken off it, squared.</summary>
    private static double Moved((float R, float G, float B) pixel, Colour mark, double alpha)
    {
        return One(pixel.R, mark.R) + One(pixel.G, mark.G) + One(pixel.B, mark.B);

        double One(double value, double under)
        {
            var change = Math.Clamp(value + alpha * (value - under) / (1 - alpha), 0, 255) - value;
            return change * change;
        }
    }

    private static double BrightnessOf(VideoFrame frame)
    {
        long sum = 0;
        for (var y = 0; y < frame.Height; y++)
            foreach (var value in frame.RowY(y))
                sum += value;
        return Math.Clamp(Full(sum / ((double)frame.Width * frame.Height) - 16), 0, 255);
    }

    private static double SharpnessOf(VideoFrame frame)
    {
        var (top, left) = (Math.Max(0, (frame.Height - Middle) / 2), Math.Max(0, (frame.Width - Middle) / 2));
        var (height, width) = (Math.Min(Middle, frame.Height), Math.Min(Middle, frame.Width));
        long across = 0, down = 0;
        for (var y = 0; y < height; y++)
        {
            var row = frame.RowY(top + y).Slice(left, width);
            var above = y == 0 ? row : frame.RowY(top + y - 1).Slice(left, width);
            for (var x = 0; x < width; x++)
            {
                down += Math.Abs(row[x] - above[x]);
                across += x == 0 ? 0 : Math.Abs(row[x] - row[x - 1]);
            }
        }

        return Full(across / (double)Math.Max(1, height * (width - 1)) + down / (double)Math.Max(1, (height - 1) * width));
    }

    /// <summary>From luma's limited range to 0 to 255.</summary>
    private static double Full(double luma) => luma * 255 / 219;
}
