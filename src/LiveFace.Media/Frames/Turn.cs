namespace LiveFace.Media.Frames;

/// <summary>Turns stored pictures upright.</summary>
internal static unsafe class Turn
{
    /// <summary>Gives an upright frame and takes the other one: the caller owns the result alone.</summary>
    public static VideoFrame Upright(VideoFrame frame, FramePool pool, Orientation orientation)
    {
        if (orientation == Orientation.Upright)
            return frame;
        var swaps = orientation.SwapsSides();
        var turned = pool.Rent(swaps ? frame.Height : frame.Width, swaps ? frame.Width : frame.Height);
        turned.CaptureTime = frame.CaptureTime;
        Plane(frame.Y, frame.StrideY, frame.Width, frame.Height, turned.Y, turned.StrideY, orientation);
        Plane(frame.U, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight, turned.U, turned.StrideUV, orientation);
        Plane(frame.V, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight, turned.V, turned.StrideUV, orientation);
        frame.Dispose();
        return turned;
    }

    /// <summary>Writes a plane of bytes or of whole pixels, upright.</summary>
    public static void Plane<T>(
        T* source, int sourceStride, int width, int height, T* target, int targetStride, Orientation orientation)
        where T : unmanaged
    {
        for (var y = 0; y < height; y++)
        {
            var row = (T*)((byte*)source + (nint)y * sourceStride);
            // Where the row's first pixel comes to lie, and how far each next one is from it.
            var (x0, y0, dx, dy) = orientation switch
            {
                Orientation.MirroredAcross => (width - 1, y, -1, 0),
                Orientation.HalfTurn => (width - 1, height - 1 - y, -1, 0),
                Orientation.MirroredDown => (0, height - 1 - y, 1, 0),
                Orientation.Transposed => (y, 0, 0, 1),
                Orientation.QuarterTurn => (height - 1 - y, 0, 0, 1),
                Orientation.Transversed => (height - 1 - y, width - 1, 0, -1),
                Orientation.ThreeQuarterTurn => (y, width - 1, 0, -1),
                _ => (0, y, 1, 0),
            };
            var at = (byte*)target + (nint)y0 * targetStride + (nint)x0 * sizeof(T);
            var step = dx * sizeof(T) + (nint)dy * targetStride;
            for (var x = 0; x < width; x++, at += step)
                *(T*)at = row[x];
        }
    }
}
