using LiveFace.Media.Frames;
using LiveFace.Vision.Outlines;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Outlines;

/// <summary>Outlines of what is in a box: beside what was painted, and beside OpenCV's on photographs.</summary>
public sealed class BoxOutlineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(320, 240, 1)]
    [InlineData(97, 83, 2)]
    [InlineData(1600, 1200, 3)]
    public void What_was_painted_is_cut_out(int width, int height, int seed)
    {
        var (scene, truth) = OutlineScene.Painted(width, height, seed);
        OutlineScene.Overlap(scene.Ours(), truth).ShouldBeGreaterThan(0.94);
    }

    [Theory]
    [InlineData("astronaut.png", 175, 60, 290, 190)]
    [InlineData("astronaut.png", 20, 10, 490, 511)]
    [InlineData("coffee.png", 70, 12, 490, 392)]
    [InlineData("chelsea.png", 60, 20, 430, 299)]
    public async Task It_is_what_OpenCV_cuts_out(string name, float left, float top, float right, float bottom)
    {
        var scene = OutlineScene.Photograph(name, left, top, right, bottom);
        var (ours, theirs) = (scene.Ours(), await OpenCvGrabCut.RunAsync(scene, Cancel));
        var overlap = OutlineScene.Overlap(ours, theirs);
        TestContext.Current.SendDiagnosticMessage("{0}: {1:0.000} of both", name, overlap);
        overlap.ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public async Task Of_what_was_painted_OpenCV_cuts_out_no_more()
    {
        var (scene, truth) = OutlineScene.Painted(640, 480, 4);
        OutlineScene.Overlap(scene.Ours(), truth).ShouldBeGreaterThan(OutlineScene.Overlap(await OpenCvGrabCut.RunAsync(scene, Cancel), truth) - 0.02);
    }

    [Fact]
    public void The_polygon_goes_round_all_of_the_thing_and_little_else()
    {
        const int Width = 1280;
        var (scene, truth) = OutlineScene.Painted(Width, 960, 1);
        using var pool = new FramePool(0);
        using var frame = scene.ToFrame(pool);
        var polygon = BoxOutline.Trace(frame, scene.Box).ShouldHaveSingleItem();
        polygon.Length.ShouldBeInRange(8, BoxOutline.MostPoints);
        var covered = new bool[truth.Length];
        for (var i = 0; i < covered.Length; i++)
            covered[i] = IsIn(polygon, i % Width + 0.5f, i / Width + 0.5f);
        truth.Where((inside, i) => inside && !covered[i]).Count().ShouldBe(0);
        OutlineScene.Overlap(covered, truth).ShouldBeGreaterThan(0.88);
    }

    [Fact]
    public void Of_one_colour_nothing_stands_out()
    {
        var scene = new OutlineScene(TestPicture.Plain(200, 150, 120), new BoxF(50, 40, 120, 110));
        using var pool = new FramePool(0);
        using var frame = scene.ToFrame(pool);
        BoxOutline.Trace(frame, scene.Box).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 0, 200, 150)]
    [InlineData(-50, -50, 400, 400)]
    [InlineData(199, 149, 200, 150)]
    [InlineData(0, 70, 200, 71)]
    [InlineData(0, 0, 1, 150)]
    public void Any_box_has_an_answer(float left, float top, float right, float bottom)
    {
        var (scene, _) = OutlineScene.Painted(200, 150, 5);
        using var pool = new FramePool(0);
        using var frame = scene.ToFrame(pool);
        foreach (var polygon in BoxOutline.Trace(frame, new BoxF(left, top, right, bottom)))
        {
            polygon.Length.ShouldBeInRange(3, BoxOutline.MostPoints);
            polygon.ShouldAllBe(point => point.X >= 0 && point.Y >= 0 && point.X <= 200 && point.Y <= 150);
        }
    }

    [Fact]
    public void A_picture_of_one_pixel_has_an_answer()
    {
        var scene = new OutlineScene(TestPicture.Plain(1, 1, 9), new BoxF(0, 0, 1, 1));
        using var pool = new FramePool(0);
        using var frame = scene.ToFrame(pool);
        BoxOutline.Trace(frame, scene.Box).Count.ShouldBeLessThanOrEqualTo(1);
    }

    /// <summary>Whether a ray to the right crosses the polygon an odd number of times.</summary>
    private static bool IsIn(System.Numerics.Vector2[] polygon, float x, float y)
    {
        var inside = false;
        for (var i = 0; i < polygon.Length; i++)
        {
            var (a, b) = (polygon[i], polygon[(i + 1) % polygon.Length]);
            if (a.Y > y != b.Y > y && x < (b.X - a.X) * (y - a.Y) / (b.Y - a.Y) + a.X)
                inside = !inside;
        }

        return inside;
    }
}
