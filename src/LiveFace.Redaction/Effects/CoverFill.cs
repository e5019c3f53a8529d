using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Effects;

/// <summary>Paints a picture, or a part of one, in one dark grey: the last resort, with nothing in it that could go wrong.</summary>
internal static class CoverFill
{
    private const byte Luma = 32;
    private const byte Neutral = 128;

    public static void Apply(VideoFrame frame) => FrameCopy.Fill(frame, Luma, Neutral, Neutral);

    /// <summary>A part that begins at even pixels; with another picture's content where there is one.</summary>
    public static void Apply(VideoFrame frame, PixelRect part, VideoFrame? content)
    {
        for (var y = part.Y; y < part.Bottom; y++)
            Apply(frame.RowY(y).Slice(part.X, part.Width), content is null ? default : content.RowY(y).Slice(part.X, part.Width), Luma);
        var (left, width) = (part.X / 2, (part.Right + 1) / 2 - part.X / 2);
        for (var y = part.Y / 2; y < (part.Bottom + 1) / 2; y++)
        {
            Apply(frame.RowU(y).Slice(left, width), content is null ? default : content.RowU(y).Slice(left, width), Neutral);
            Apply(frame.RowV(y).Slice(left, width), content is null ? default : content.RowV(y).Slice(left, width), Neutral);
        }
    }

    private static void Apply(Span<byte> to, ReadOnlySpan<byte> content, byte grey)
    {
        if (content.IsEmpty)
            to.Fill(grey);
        else
            content.CopyTo(to);
    }
}
