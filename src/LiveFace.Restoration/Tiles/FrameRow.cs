using LiveFace.Media.Frames;

namespace LiveFace.Restoration.Tiles;

/// <summary>One row of a frame, as red, green and blue.</summary>
internal readonly ref struct FrameRow(VideoFrame frame, int row)
{
    public ReadOnlySpan<byte> Luma { get; } = frame.RowY(row);

    private readonly ReadOnlySpan<byte> _u = frame.RowU(row >> 1);
    private readonly ReadOnlySpan<byte> _v = frame.RowV(row >> 1);

    /// <summary>A pixel from 0 to 255, by BT.601 in limited range.</summary>
    public (float R, float G, float B) At(int x)
    {
        var c = (Luma[x] - 16) * 1.164383f;
        var (d, e) = (_u[x >> 1] - 128f, _v[x >> 1] - 128f);
        return (Math.Clamp(c + 1.596027f * e, 0, 255), Math.Clamp(c - 0.391762f * d - 0.812968f * e, 0, 255), Math.Clamp(c + 2.017232f * d, 0, 255));
    }
}
