using LiveFace.Media.Frames;

namespace LiveFace.Media.Images;

/// <summary>Reads one format. The caller has checked the limits against <see cref="Size"/> before it asks for pixels.</summary>
internal unsafe interface IImageReader
{
    /// <summary>Columns and rows from the header alone.</summary>
    (int Width, int Height) Size(ReadOnlySpan<byte> file);

    /// <summary>The picture as stored, over white where it is transparent.</summary>
    VideoFrame ReadFrame(ReadOnlySpan<byte> file, FramePool pool);

    /// <summary>The picture as stored, four bytes a pixel without padding.</summary>
    void ReadRgba(ReadOnlySpan<byte> file, byte* pixels, int width, int height);
}
