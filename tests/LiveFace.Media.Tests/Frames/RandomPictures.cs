using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

/// <summary>Pictures with every byte random, padding included, so that reading too far shows.</summary>
internal static unsafe class RandomPictures
{
    public static VideoFrame Noise(FramePool pool, int width, int height, Random random)
    {
        var frame = pool.Rent(width, height);
        random.NextBytes(new Span<byte>(frame.Y, frame.StrideY * height + 2 * frame.StrideUV * frame.ChromaHeight));
        return frame;
    }

    /// <summary>Soft waves: what resampling and codecs meet in life.</summary>
    public static VideoFrame Waves(FramePool pool, int width, int height, double phase)
    {
        var frame = pool.Rent(width, height);
        for (var y = 0; y < height; y++)
        {
            var row = frame.RowY(y);
            for (var x = 0; x < width; x++)
                row[x] = (byte)(126 + 60 * Math.Sin(x / 17.0 + phase) + 40 * Math.Cos(y / 11.0 - phase) + 8 * Math.Sin(x * y / 97.0));
        }

        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            for (var x = 0; x < frame.ChromaWidth; x++)
            {
                frame.RowU(y)[x] = (byte)(128 + 50 * Math.Sin((x + y) / 23.0 + phase));
                frame.RowV(y)[x] = (byte)(128 + 50 * Math.Cos((x - y) / 31.0 - phase));
            }
        }

        return frame;
    }

    public static (int Width, int Height) AnySize(Random random, int limit) =>
        (1 + random.Next(limit), 1 + random.Next(limit));
}
