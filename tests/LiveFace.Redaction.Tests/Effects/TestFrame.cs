using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>Pictures that tests make, and copies of planes to compare with.</summary>
internal static unsafe class TestFrame
{
    public static VideoFrame Noise(FramePool pool, int width, int height, int seed = 1)
    {
        var random = new Random(seed);
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

    public static VideoFrame Flat(FramePool pool, int width, int height, byte y, byte u, byte v)
    {
        var frame = pool.Rent(width, height);
        for (var row = 0; row < height; row++)
            frame.RowY(row).Fill(y);
        for (var row = 0; row < frame.ChromaHeight; row++)
        {
            frame.RowU(row).Fill(u);
            frame.RowV(row).Fill(v);
        }

        return frame;
    }

    public static byte[,] Luma(VideoFrame frame) => Copy(frame.Y, frame.StrideY, frame.Width, frame.Height);

    public static byte[,] BlueDifference(VideoFrame frame) =>
        Copy(frame.U, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight);

    public static byte[,] RedDifference(VideoFrame frame) =>
        Copy(frame.V, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight);

    public static byte[][,] Planes(VideoFrame frame) => [Luma(frame), BlueDifference(frame), RedDifference(frame)];

    private static byte[,] Copy(byte* start, int stride, int width, int height)
    {
        var copy = new byte[height, width];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                copy[y, x] = start[y * stride + x];
        return copy;
    }
}
