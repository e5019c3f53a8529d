using LiveFace.Media.Frames;
using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration.Measures;

/// <summary>
/// How near a picture is to the one that it should be: peak signal to noise over red, green and blue in decibels, and structural
/// similarity of the luma; over all of it, and over the pixels that a mark lay on.
/// </summary>
public readonly record struct PictureQuality(double Psnr, double PsnrMarked, double Ssim, double SsimMarked)
{
    // Two pictures that are the same would be infinitely near.
    private const double LeastError = 0.01;

    /// <summary>Compares two pictures of one size; <paramref name="marked"/> is not 0 where the mark lay.</summary>
    public static PictureQuality Of(VideoFrame wanted, VideoFrame got, ReadOnlySpan<byte> marked)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(got);
        if ((wanted.Width, wanted.Height) != (got.Width, got.Height) || marked.Length != wanted.Width * wanted.Height)
            throw new ArgumentException("The pictures are of different sizes.", nameof(got));
        double all = 0, under = 0;
        var count = 0;
        for (var y = 0; y < wanted.Height; y++)
        {
            var a = new FrameRow(wanted, y);
            var b = new FrameRow(got, y);
            for (var x = 0; x < wanted.Width; x++)
            {
                var error = Error(a.At(x), b.At(x));
                all += error;
                if (marked[y * wanted.Width + x] == 0)
                    continue;
                under += error;
                count++;
            }
        }

        var (ssim, ssimMarked) = StructuralSimilarity.Of(wanted, got, marked);
        return new PictureQuality(Decibels(all / marked.Length), Decibels(under / Math.Max(1, count)), ssim, ssimMarked);
    }

    /// <summary>How much two masks overlap: pixels of both, of those of either. 1 where both are empty.</summary>
    public static double Overlap(ReadOnlySpan<byte> marked, ReadOnlySpan<byte> mask)
    {
        int both = 0, either = 0;
        for (var i = 0; i < marked.Length; i++)
        {
            var (a, b) = (marked[i] != 0, mask[i] >= MarkLook.Marked);
            both += a && b ? 1 : 0;
            either += a || b ? 1 : 0;
        }

        return either == 0 ? 1 : both / (double)either;
    }

    private static double Error((float R, float G, float B) a, (float R, float G, float B) b) =>
        ((a.R - b.R) * (a.R - b.R) + (a.G - b.G) * (a.G - b.G) + (a.B - b.B) * (a.B - b.B)) / 3;

    private static double Decibels(double error) => 10 * Math.Log10(255 * 255 / Math.Max(error, LeastError));
}
