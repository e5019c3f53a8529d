using LiveFace.Media.Frames;

namespace LiveFace.Reidentify;

/// <summary>Copies of pictures to try things on.</summary>
internal static class FrameCopies
{
    public static VideoFrame Of(VideoFrame frame, FramePool pool)
    {
        var copy = pool.Rent(frame.Width, frame.Height);
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).CopyTo(copy.RowY(y));
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).CopyTo(copy.RowU(y));
            frame.RowV(y).CopyTo(copy.RowV(y));
        }

        return copy;
    }

    public static void Fill(VideoFrame frame, byte brightness)
    {
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).Fill(brightness);
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).Fill(128);
            frame.RowV(y).Fill(128);
        }
    }
}
