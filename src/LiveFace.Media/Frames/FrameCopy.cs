using System.Runtime.CompilerServices;

namespace LiveFace.Media.Frames;

/// <summary>Copies, cuts and fills frames without changing sizes of pixels.</summary>
public static unsafe class FrameCopy
{
    /// <summary>Copies a frame of the same size, with its capture time.</summary>
    public static void Copy(VideoFrame source, VideoFrame destination)
    {
        if (source.Width != destination.Width || source.Height != destination.Height)
            throw new ArgumentException($"{source.Width}×{source.Height} does not fit {destination.Width}×{destination.Height}: scale it.", nameof(destination));
        destination.CaptureTime = source.CaptureTime;
        if (source == destination)
            return;
        // Same size means same strides, and the planes follow each other.
        var bytes = (long)FrameLayout.Bytes(source.Width, source.Height);
        Buffer.MemoryCopy(source.Y, destination.Y, bytes, bytes);
    }

    /// <summary>
    /// Copies the part of <paramref name="source"/> that starts at (<paramref name="x"/>, <paramref name="y"/>) and is as
    /// large as <paramref name="destination"/>. From an odd origin, chroma is taken from the pixel that holds it.
    /// </summary>
    public static void Crop(VideoFrame source, int x, int y, VideoFrame destination)
    {
        if (x < 0 || y < 0 || x + destination.Width > source.Width || y + destination.Height > source.Height)
            throw new ArgumentOutOfRangeException(nameof(x), $"{destination.Width}×{destination.Height} at ({x}, {y}) reaches out of {source.Width}×{source.Height}.");
        ThrowIfSame(source, destination);
        destination.CaptureTime = source.CaptureTime;
        CopyPlane(source.Y + (nint)y * source.StrideY + x, source.StrideY, destination.Y, destination.StrideY, destination.Width, destination.Height);

        int width = destination.ChromaWidth, height = destination.ChromaHeight;
        // Seen from an odd origin the last chroma pixel may lie one past the picture.
        var fromX = Math.Min(x >> 1, source.ChromaWidth - width);
        var fromY = Math.Min(y >> 1, source.ChromaHeight - height);
        var offset = (nint)fromY * source.StrideUV + fromX;
        CopyPlane(source.U + offset, source.StrideUV, destination.U, destination.StrideUV, width, height);
        CopyPlane(source.V + offset, source.StrideUV, destination.V, destination.StrideUV, width, height);
    }

    /// <summary>Copies rows between planes whose strides may differ.</summary>
    public static void CopyPlane(byte* source, int sourceStride, byte* destination, int destinationStride, int width, int height)
    {
        for (var row = 0; row < height; row++)
            Unsafe.CopyBlockUnaligned(destination + (nint)row * destinationStride, source + (nint)row * sourceStride, (uint)width);
    }

    /// <summary>Makes the whole picture one colour.</summary>
    public static void Fill(VideoFrame frame, byte y, byte u, byte v)
    {
        new Span<byte>(frame.Y, frame.StrideY * frame.Height).Fill(y);
        new Span<byte>(frame.U, frame.StrideUV * frame.ChromaHeight).Fill(u);
        new Span<byte>(frame.V, frame.StrideUV * frame.ChromaHeight).Fill(v);
    }

    internal static void ThrowIfSame(VideoFrame source, VideoFrame destination)
    {
        if (ReferenceEquals(source, destination))
            throw new ArgumentException("Source and destination are the same frame.", nameof(destination));
    }
}
