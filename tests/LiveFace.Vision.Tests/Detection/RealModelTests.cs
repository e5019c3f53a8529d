using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>The permissive models on astronaut.png (NASA, public domain) and page.png of Debian's python3-skimage.</summary>
public sealed class RealModelTests : RealModelTestBase
{
    [Theory]
    [InlineData("ultraface")]
    [InlineData("blazeface")]
    public async Task A_face_model_finds_the_face(string id)
    {
        using var detector = await Repository.OpenAsync(id);
        using var frame = ReadPortrait();
        var found = Look(detector, frame, detector.InputSize);
        found.Items.ToArray().ShouldContain(f => f.Box.IntersectionOverUnion(Face) > 0.6f && f.Score > 0.8f);
        found.Items.ToArray().ShouldAllBe(f => f.Box.Left >= 0 && f.Box.Top >= 0 && f.Box.Right <= 512 && f.Box.Bottom <= 512);
    }

    [Theory]
    [InlineData(320, 240)]
    [InlineData(480, 352)]
    [InlineData(640, 352)]
    [InlineData(640, 480)]
    [InlineData(960, 704)]
    public async Task The_default_model_finds_the_face_at_any_input_size(int width, int height)
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var frame = ReadPortrait();
        var found = Look(detector, frame, new InputSize(width, height));
        found.Items.ToArray().ShouldContain(f => f.Box.IntersectionOverUnion(Face) > 0.6f);
    }

    [Fact]
    public async Task A_window_gives_boxes_in_pixels_of_the_frame()
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var frame = ReadPortrait();
        using var lane = detector.OpenLane(2);
        var found = new DetectionList();
        lane.Sample(frame, new PixelRect(100, 20, 320, 240), new InputSize(320, 256)).ShouldBeTrue();
        lane.Infer(found).ShouldBe(DetectionVerdict.Seen);
        found.Items.ToArray().ShouldContain(f => f.Box.IntersectionOverUnion(Face) > 0.6f);
    }

    [Fact]
    public async Task Points_lie_on_the_face()
    {
        using var detector = await Repository.OpenAsync("blazeface");
        using var frame = ReadPortrait();
        var landmarks = Look(detector, frame, detector.InputSize).Items[0].Landmarks.ShouldNotBeNull();
        // Read off the picture: her right eye is on the left.
        landmarks.RightEyeX.ShouldBe(202, 4);
        landmarks.RightEyeY.ShouldBe(101, 4);
        landmarks.LeftEyeX.ShouldBe(247, 4);
        landmarks.NoseY.ShouldBe(127, 5);
    }
}
