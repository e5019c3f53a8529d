namespace LiveFace.Media.Images;

/// <summary>How large a picture file may be. Both are checked from the header, before memory is taken.</summary>
/// <param name="MaximumBytes">The largest file.</param>
/// <param name="MaximumPixels">The largest picture, width times height.</param>
public sealed record ImageLimits(int MaximumBytes = 32 << 20, int MaximumPixels = 64_000_000)
{
    /// <summary>Room for the photographs of today's telephones.</summary>
    public static ImageLimits Default { get; } = new();

    internal void CheckBytes(int bytes)
    {
        if (bytes > MaximumBytes)
            throw new ImageException(ImageError.TooManyBytes,
                $"The file has {bytes} bytes and the limit is {MaximumBytes}.");
    }

    internal void CheckSize(int width, int height)
    {
        if (width < 1 || height < 1)
            throw new ImageException(ImageError.Corrupt, $"The file says its picture is {width}×{height} pixels.");
        if ((long)width * height > MaximumPixels || Math.Max(width, height) > Frames.FrameLayout.MaximumSide)
            throw new ImageException(ImageError.TooManyPixels,
                $"The picture is {width}×{height} pixels; the limits are {MaximumPixels} pixels in all and " +
                $"{Frames.FrameLayout.MaximumSide} on a side.");
    }
}
