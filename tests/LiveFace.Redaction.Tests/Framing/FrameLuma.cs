using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Tests.Framing;

/// <summary>The luma of a frame, to be held against another.</summary>
internal static class FrameLuma
{
    public static byte[] Luma(VideoFrame frame)
    {
        var luma = new byte[frame.Width * frame.Height];
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).CopyTo(luma.AsSpan(y * frame.Width));
        return luma;
    }
}
