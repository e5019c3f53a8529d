using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>A picture that lies on its side, looked at turned, beside the same picture as it stands (astronaut.png of Debian's python3-skimage, NASA, public domain).</summary>
public sealed class TurnedWindowTests : IDisposable
{
    // Pixels of the input start in another corner, so that its samples lie half a pixel off.
    private const float Off = 2.5f;

    private readonly FramePool _pool = new();

    [Theory]
    [InlineData("liveface", QuarterTurns.CounterClockwise, QuarterTurns.Clockwise)]
    [InlineData("liveface", QuarterTurns.Half, QuarterTurns.Half)]
    [InlineData("liveface", QuarterTurns.Clockwise, QuarterTurns.CounterClockwise)]
    [InlineData("ultraface", QuarterTurns.CounterClockwise, QuarterTurns.Clockwise)]
    public async Task A_turned_window_shows_what_the_picture_does_as_it_stands(string id, QuarterTurns lies, QuarterTurns back)
    {
        using var detector = await Repository.OpenAsync(id);
        using var standing = Read();
        using var lying = PictureCopies.Turned(standing, lies, _pool);
        var window = new PixelRect(64, 32, 416, 320);
        var size = new InputSize(320, 256);
        var seen = Look(detector, standing, window, size, QuarterTurns.None);
        var turned = Look(detector, lying, Where(window, standing, lies), size, back);

        var face = seen.MaxBy(item => item.Score);
        face.Score.ShouldBeGreaterThan(0.7f);
        var expected = new PictureView(lying.Width, lying.Height, Turns: back).Back(face);
        var found = turned.MaxBy(item => item.Score);
        found.Turns.ShouldBe(back);
        found.Score.ShouldBe(face.Score, 0.05f);
        Differences(found.Box, expected.Box).ShouldAllBe(difference => difference < Off);
        if (expected.Landmarks is { } points)
        {
            found.Landmarks.ShouldNotBeNull();
            MathF.Abs(found.Landmarks.Value.NoseX - points.NoseX).ShouldBeLessThan(Off);
            MathF.Abs(found.Landmarks.Value.RightEyeY - points.RightEyeY).ShouldBeLessThan(Off);
        }
    }

    private static PixelRect Where(PixelRect window, VideoFrame standing, QuarterTurns lies) => lies switch
    {
        QuarterTurns.Clockwise => new PixelRect(standing.Height - window.Bottom, window.X, window.Height, window.Width),
        QuarterTurns.Half => new PixelRect(standing.Width - window.Right, standing.Height - window.Bottom, window.Width, window.Height),
        _ => new PixelRect(window.Y, standing.Width - window.Right, window.Height, window.Width),
    };

    private static float[] Differences(BoxF a, BoxF b) =>
        [MathF.Abs(a.Left - b.Left), MathF.Abs(a.Top - b.Top), MathF.Abs(a.Right - b.Right), MathF.Abs(a.Bottom - b.Bottom)];

    private static DetectedObject[] Look(OnnxDetector detector, VideoFrame frame, PixelRect window, InputSize size, QuarterTurns turns)
    {
        using var lane = detector.OpenLane(1);
        var found = new DetectionList();
        lane.Sample(frame, window, size, turns).ShouldBeTrue();
        lane.Infer(found).ShouldBe(DetectionVerdict.Seen);
        return found.Items.ToArray();
    }

    private VideoFrame Read() => ImageFile.Decode(File.ReadAllBytes(Portrait.Path), _pool);

    public void Dispose() => _pool.Dispose();
}
