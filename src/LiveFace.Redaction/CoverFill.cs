using LiveFace.Media.Frames;

namespace LiveFace.Redaction;

/// <summary>Paints all of a picture in one dark grey: the last resort, with nothing in it that could go wrong.</summary>
internal static class CoverFill
{
    private const byte Luma = 32;
    private const byte Neutral = 128;

    public static void Apply(VideoFrame frame) => FrameCopy.Fill(frame, Luma, Neutral, Neutral);
}
