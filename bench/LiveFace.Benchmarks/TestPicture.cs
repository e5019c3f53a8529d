using LiveFace.Media.Frames;

namespace LiveFace.Benchmarks;

/// <summary>Pictures to work on. Noise costs the kernels the same as anything else.</summary>
internal static class TestPicture
{
    public static VideoFrame Noise(FramePool pool, int width, int height)
    {
        var random = new Random(1);
        var frame = pool.Rent(width, height);
        for (var y = 0; y < height; y++)
            random.NextBytes(frame.RowY(y));
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            random.NextBytes(frame.RowU(y));
            random.NextBytes(frame.RowV(y));
        }

        return frame;
    }
}
