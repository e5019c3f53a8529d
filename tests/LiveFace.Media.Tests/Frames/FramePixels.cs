using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

/// <summary>Frames held against each other, pixel by pixel.</summary>
internal static class FramePixels
{
    public static void SamePixels(VideoFrame expected, VideoFrame actual)
    {
        actual.Width.ShouldBe(expected.Width);
        actual.Height.ShouldBe(expected.Height);
        for (var y = 0; y < expected.Height; y++)
            actual.RowY(y).SequenceEqual(expected.RowY(y)).ShouldBeTrue($"luma row {y}");
        for (var y = 0; y < expected.ChromaHeight; y++)
        {
            actual.RowU(y).SequenceEqual(expected.RowU(y)).ShouldBeTrue($"U row {y}");
            actual.RowV(y).SequenceEqual(expected.RowV(y)).ShouldBeTrue($"V row {y}");
        }
    }
}
