using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

/// <summary>Encodes moving pictures and keeps the frames, as a network would carry them.</summary>
internal static class LiveStreams
{
    public static readonly EncoderSettings Settings = new() { BitsPerSecond = 800_000, Threads = 1, FixedSpeed = 4 };

    public static List<(byte[] Data, bool IsKey)> Encode(
        VideoCodec codec, FramePool pool, int width, int height, int count, EncoderSettings? settings = null, int keyEvery = 0)
    {
        using var encoder = VideoCodecs.CreateEncoder(codec, settings ?? Settings);
        var frames = new List<(byte[], bool)>();
        for (var i = 0; i < count; i++)
        {
            using var picture = RandomPictures.Waves(pool, width, height, i * 0.1);
            var encoded = encoder.Encode(Openly.Redacted(picture), keyEvery > 0 && i % keyEvery == 0);
            var (data, isKey) = (encoded.Payload.ToArray(), encoded.IsKeyFrame);
            frames.Add((data, isKey));
        }

        return frames;
    }

    public static double LumaPsnr(VideoFrame a, VideoFrame b)
    {
        a.Width.ShouldBe(b.Width);
        a.Height.ShouldBe(b.Height);
        double squares = 0;
        for (var y = 0; y < a.Height; y++)
        {
            Span<byte> rowA = a.RowY(y), rowB = b.RowY(y);
            for (var x = 0; x < rowA.Length; x++)
                squares += (rowA[x] - rowB[x]) * (rowA[x] - rowB[x]);
        }

        return 10 * Math.Log10(255.0 * 255 * a.Width * a.Height / Math.Max(squares, 1e-9));
    }

    /// <summary>
    /// Structural similarity of the brightness (Wang, Bovik, Sheikh and Simoncelli, 2004), over windows of 8×8 at every
    /// fourth pixel: 1 for the same picture.
    /// </summary>
    public static double LumaSsim(VideoFrame a, VideoFrame b)
    {
        const int side = 8;
        double sum = 0;
        var windows = 0;
        for (var top = 0; top + side <= a.Height; top += 4)
            for (var left = 0; left + side <= a.Width; left += 4, windows++)
                sum += WindowSsim(a, b, left, top, side);
        return sum / windows;
    }

    private static double WindowSsim(VideoFrame a, VideoFrame b, int left, int top, int side)
    {
        const double c1 = 0.01 * 255 * (0.01 * 255), c2 = 0.03 * 255 * (0.03 * 255);
        double sumA = 0, sumB = 0, sumAa = 0, sumBb = 0, sumAb = 0;
        for (var y = top; y < top + side; y++)
        {
            Span<byte> rowA = a.RowY(y).Slice(left, side), rowB = b.RowY(y).Slice(left, side);
            for (var x = 0; x < side; x++)
            {
                sumA += rowA[x];
                sumB += rowB[x];
                sumAa += rowA[x] * rowA[x];
                sumBb += rowB[x] * rowB[x];
                sumAb += rowA[x] * rowB[x];
            }
        }

        double count = side * side, meanA = sumA / count, meanB = sumB / count;
        double varianceA = sumAa / count - meanA * meanA, varianceB = sumBb / count - meanB * meanB;
        var covariance = sumAb / count - meanA * meanB;
        return (2 * meanA * meanB + c1) * (2 * covariance + c2)
            / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
    }
}
