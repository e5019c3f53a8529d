namespace LiveFace.Media.Frames;

/// <summary>
/// A rectangle of a picture in pixels, with fractions: pixel (0, 0) covers the square from (0, 0) to (1, 1). What
/// reaches over the picture's edges is filled with the edge's own pixels.
/// </summary>
public readonly record struct PictureRegion(double X, double Y, double Width, double Height)
{
    /// <summary>The whole of a picture.</summary>
    public static PictureRegion Of(VideoFrame frame) => new(0, 0, frame.Width, frame.Height);

    /// <summary>A rectangle of whole pixels as a region.</summary>
    public static implicit operator PictureRegion(PixelRect rect) => FromPixelRect(rect);

    /// <summary>A rectangle of whole pixels as a region.</summary>
    internal static PictureRegion FromPixelRect(PixelRect rect) => new(rect.X, rect.Y, rect.Width, rect.Height);

    /// <summary>The same region in the coordinates of the chroma planes, which are half as large.</summary>
    internal PictureRegion Halved => new(X / 2, Y / 2, Width / 2, Height / 2);

    internal void ThrowIfUnusable(string parameter)
    {
        // One comparison each way also refuses NaN.
        var usable = Width > 0 && Height > 0 && Width <= Limit && Height <= Limit && Math.Abs(X) <= Limit && Math.Abs(Y) <= Limit;
        if (!usable)
            throw new ArgumentOutOfRangeException(parameter, $"The region {this} has no area or lies too far away.");
    }

    private const double Limit = 4 * FrameLayout.MaximumSide;
}
