using LiveFace.Media.Frames;

namespace LiveFace.Media.Ffmpeg;

/// <summary>Between a frame and its pixels packed without padding, as FFmpeg's rawvideo has them.</summary>
internal static class FramePixels
{
    public static int Bytes(int width, int height) => width * height + 2 * ((width + 1) / 2) * ((height + 1) / 2);

    public static void Unpack(ReadOnlySpan<byte> packed, VideoFrame frame)
    {
        for (var y = 0; y < frame.Height; y++, packed = packed[frame.Width..])
            packed[..frame.Width].CopyTo(frame.RowY(y));
        for (var y = 0; y < frame.ChromaHeight; y++, packed = packed[frame.ChromaWidth..])
            packed[..frame.ChromaWidth].CopyTo(frame.RowU(y));
        for (var y = 0; y < frame.ChromaHeight; y++, packed = packed[frame.ChromaWidth..])
            packed[..frame.ChromaWidth].CopyTo(frame.RowV(y));
    }

    public static void Pack(VideoFrame frame, Span<byte> packed)
    {
        for (var y = 0; y < frame.Height; y++, packed = packed[frame.Width..])
            frame.RowY(y).CopyTo(packed);
        for (var y = 0; y < frame.ChromaHeight; y++, packed = packed[frame.ChromaWidth..])
            frame.RowU(y).CopyTo(packed);
        for (var y = 0; y < frame.ChromaHeight; y++, packed = packed[frame.ChromaWidth..])
            frame.RowV(y).CopyTo(packed);
    }
}
