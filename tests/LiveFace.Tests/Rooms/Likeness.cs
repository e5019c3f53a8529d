using LiveFace.Vision.Detection;

namespace LiveFace.Tests.Rooms;

/// <summary>
/// How much of a face's fine detail is still there: the correlation of two pictures inside a box, after everything
/// coarse has been taken out of both. Around 0.9 for a picture that went through a codec, near 0 for a hidden face.
/// </summary>
internal static class Likeness
{
    /// <summary>From here on a face is taken as shown.</summary>
    public const double Shown = 0.4;

    public static double Of(byte[] before, byte[] after, int width, int height, BoxF box)
    {
        double sumA = 0, sumB = 0, sumAb = 0;
        for (var y = Math.Max(3, (int)box.Top); y < Math.Min(height - 3, (int)box.Bottom); y++)
            for (var x = Math.Max(3, (int)box.Left); x < Math.Min(width - 3, (int)box.Right); x++)
            {
                var a = Detail(before, width, x, y);
                var b = Detail(after, width, x, y);
                sumA += a * a;
                sumB += b * b;
                sumAb += a * b;
            }

        return sumA <= 0 || sumB <= 0 ? 0 : sumAb / Math.Sqrt(sumA * sumB);
    }

    private static double Detail(byte[] luma, int width, int x, int y)
    {
        var sum = 0;
        for (var dy = -3; dy <= 3; dy++)
            for (var dx = -3; dx <= 3; dx++)
                sum += luma[(y + dy) * width + x + dx];
        return luma[y * width + x] - sum / 49.0;
    }
}
