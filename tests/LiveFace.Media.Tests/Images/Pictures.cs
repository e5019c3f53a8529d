using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

/// <summary>Picture files made by the tests.</summary>
internal static class Pictures
{
    /// <summary>Soft gradients that every lossy format keeps well, with a bright square in the upper left corner.</summary>
    public static VideoFrame Gradient(FramePool pool, int width, int height)
    {
        var frame = pool.Rent(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                frame.RowY(y)[x] = x < width / 4 && y < height / 4 ? (byte)220 : (byte)(80 + 60 * x / width + 60 * y / height);
        for (var y = 0; y < frame.ChromaHeight; y++)
            for (var x = 0; x < frame.ChromaWidth; x++)
            {
                frame.RowU(y)[x] = (byte)(100 + 40 * x / frame.ChromaWidth);
                frame.RowV(y)[x] = (byte)(150 - 40 * y / frame.ChromaHeight);
            }

        return frame;
    }

    public static byte[] File(ImageFormat format, int width = 96, int height = 64)
    {
        using var pool = new FramePool();
        using var frame = Gradient(pool, width, height);
        return ImageFile.Encode(Openly.Redacted(frame), format, 95);
    }

    public static double MeanDifference(VideoFrame a, VideoFrame b)
    {
        b.Width.ShouldBe(a.Width);
        b.Height.ShouldBe(a.Height);
        long sum = 0;
        for (var y = 0; y < a.Height; y++)
            for (var x = 0; x < a.Width; x++)
                sum += Math.Abs(a.RowY(y)[x] - b.RowY(y)[x]) + Math.Abs(a.RowU(y / 2)[x / 2] - b.RowU(y / 2)[x / 2]) +
                    Math.Abs(a.RowV(y / 2)[x / 2] - b.RowV(y / 2)[x / 2]);
        return sum / 3.0 / (a.Width * a.Height);
    }
}
