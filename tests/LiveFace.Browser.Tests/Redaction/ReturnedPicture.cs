using LiveFace.Media.Frames;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>A returned picture as the page got it: the planes of I420, one behind the other.</summary>
internal sealed record ReturnedPicture(long RtpTimestamp, int Width, int Height, byte[] Planes)
{
    public ReadOnlySpan<byte> Luma => Planes.AsSpan(0, Width * Height);

    /// <summary>The same picture in a frame of the pool.</summary>
    public VideoFrame ToFrame(FramePool pool)
    {
        var frame = pool.Rent(Width, Height);
        var at = 0;
        for (var y = 0; y < frame.Height; y++)
            Take(frame.RowY(y), ref at);
        for (var y = 0; y < frame.ChromaHeight; y++)
            Take(frame.RowU(y), ref at);
        for (var y = 0; y < frame.ChromaHeight; y++)
            Take(frame.RowV(y), ref at);
        return frame;
    }

    /// <summary>The same picture at another size: a browser that is short of time sends a smaller one.</summary>
    public VideoFrame ToFrame(FramePool pool, int width, int height)
    {
        var frame = ToFrame(pool);
        if (Width == width && Height == height)
            return frame;
        using (frame)
        {
            var scaled = pool.Rent(width, height);
            new FrameScaler().Scale(frame, scaled, ResampleFilter.Bilinear);
            return scaled;
        }
    }

    private void Take(Span<byte> row, ref int at)
    {
        Planes.AsSpan(at, row.Length).CopyTo(row);
        at += row.Length;
    }
}
