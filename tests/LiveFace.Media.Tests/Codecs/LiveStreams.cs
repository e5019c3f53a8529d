using LiveFace.Media.Codecs;
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
            var data = encoder.Encode(new RedactedFrame(picture), keyEvery > 0 && i % keyEvery == 0, out var isKey);
            frames.Add((data.ToArray(), isKey));
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
}
