namespace LiveFace.Media.Frames;

/// <summary>
/// Makes frames of another size. Keeps its tables and scratch; once the largest request was seen it allocates nothing.
/// One thread at a time.
/// </summary>
public sealed unsafe class FrameScaler
{
    private readonly PlaneResampler _luma = new();
    private readonly PlaneResampler _blue = new();
    private readonly PlaneResampler _red;

    /// <summary>Makes a scaler that has seen no size yet.</summary>
    public FrameScaler() => _red = new PlaneResampler(_blue);

    /// <summary>Fills <paramref name="destination"/> with the whole of <paramref name="source"/>.</summary>
    public void Scale(VideoFrame source, VideoFrame destination) => Scale(source, destination, ResampleFilter.Area);

    /// <summary>The same, with a filter of one's own choice.</summary>
    public void Scale(VideoFrame source, VideoFrame destination, ResampleFilter filter) =>
        Scale(source, PictureRegion.Of(source), destination, filter);

    /// <summary>
    /// Fills <paramref name="destination"/> with a region of <paramref name="source"/> and gives it the same capture
    /// time. The two must be different frames.
    /// </summary>
    public void Scale(VideoFrame source, PictureRegion region, VideoFrame destination, ResampleFilter filter = ResampleFilter.Area)
    {
        region.ThrowIfUnusable(nameof(region));
        FrameCopy.ThrowIfSame(source, destination);
        destination.CaptureTime = source.CaptureTime;

        _luma.Open(source.Y, source.StrideY, source.Width, source.Height, region, destination.Width, destination.Height, filter);
        Fill(_luma, destination.Y, destination.StrideY, destination.Height);

        var half = region.Halved;
        int width = destination.ChromaWidth, height = destination.ChromaHeight;
        // An odd destination has half a chroma pixel over: the region reaches as much further.
        half = half with { Width = half.Width * 2 * width / destination.Width, Height = half.Height * 2 * height / destination.Height };
        _blue.Open(source.U, source.StrideUV, source.ChromaWidth, source.ChromaHeight, half, width, height, filter);
        Fill(_blue, destination.U, destination.StrideUV, height);
        _red.Open(source.V, source.StrideUV, source.ChromaWidth, source.ChromaHeight, half, width, height, filter);
        Fill(_red, destination.V, destination.StrideUV, height);
    }

    private static void Fill(PlaneResampler plane, byte* to, int stride, int height)
    {
        for (var row = 0; row < height; row++)
            plane.ReadRow(row, to + (nint)row * stride);
    }
}
