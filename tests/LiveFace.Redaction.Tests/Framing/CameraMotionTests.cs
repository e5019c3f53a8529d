using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Framing;

/// <summary>How the view moves: bounded, without swinging over, inside the picture.</summary>
public sealed class CameraMotionTests : CameraTestBase
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Speed_and_acceleration_are_bounded_however_wild_the_faces_and_the_clock_are(int seed)
    {
        var random = new Random(seed);
        var (view, speed) = (Motion(), (X: 0f, Y: 0f, Zoom: 0f));
        for (var i = 0; i < 5000; i++)
        {
            var seconds = random.Next(50) == 0 ? 2f : Step;
            _now += TimeSpan.FromSeconds(seconds);
            BoxF? subject = random.Next(4) == 0 ? null : Box(random.NextSingle(), random.NextSingle(), 0.02f + 0.9f * random.NextSingle());
            _camera.Step(_now, Main with { Subject = (FramingSubject)random.Next(2), Closest = 4 }, subject, subject?.Height ?? 0);
            var next = Motion();
            // A picture that comes late moves the view no farther than a tenth of a second would.
            var step = MathF.Min(seconds, 0.1f);
            var now = (X: (next.X - view.X) / step, Y: (next.Y - view.Y) / step, Zoom: (next.Zoom - view.Zoom) / step);
            MathF.Abs(now.X).ShouldBeLessThan(1.005f);
            MathF.Abs(now.Y).ShouldBeLessThan(1.005f);
            MathF.Abs(now.Zoom).ShouldBeLessThan(0.505f);
            MathF.Abs(now.X - speed.X).ShouldBeLessThan(1.4f * step + 0.002f, $"picture {i}");
            MathF.Abs(now.Y - speed.Y).ShouldBeLessThan(1.4f * step + 0.002f, $"picture {i}");
            MathF.Abs(now.Zoom - speed.Zoom).ShouldBeLessThan(0.5f * step + 0.002f, $"picture {i}");
            (view, speed) = (next, now);
            InsideThePicture();
        }
    }

    [Fact]
    public void It_comes_to_rest_without_swinging_over()
    {
        Follow(0.3f, 0.5f, 240);
        var before = _camera.X;
        for (var i = 0; i < 300; i++)
        {
            Follow(0.75f, 0.5f, 1);
            _camera.X.ShouldBeGreaterThanOrEqualTo(before - 1e-5f, "it goes one way");
            before = _camera.X;
        }

        (_camera.X + _camera.Scale / 2).ShouldBe(0.75f, 0.03f);
    }

    [Fact]
    public void A_face_at_the_edge_or_larger_than_the_picture_leaves_the_view_inside()
    {
        foreach (var (x, y, size) in new[] { (0f, 0f, 0.1f), (1f, 1f, 0.1f), (0.5f, 0.5f, 3f), (0.98f, 0.02f, 0.01f), (-2f, 5f, 0.2f) })
            for (var i = 0; i < 120; i++)
            {
                _now += TimeSpan.FromSeconds(Step);
                _camera.Step(_now, Main with { Closest = 4 }, Box(x, y, size), size);
                InsideThePicture();
            }

        for (var i = 0; i < 200; i++)
        {
            _now += TimeSpan.FromSeconds(Step);
            _camera.Step(_now, Main with { Closest = 4 }, Box(-2, 5, 0.2f), 0.2f);
        }

        var still = View();
        _now += TimeSpan.FromSeconds(Step);
        _camera.Step(_now, Main with { Closest = 4 }, Box(-2, 5, 0.2f), 0.2f);
        View().ShouldBe(still, "where it can go no farther, it is still");
    }

    private void InsideThePicture()
    {
        _camera.Scale.ShouldBeInRange(0.24f, 1);
        _camera.X.ShouldBeInRange(-1e-5f, 1 - _camera.Scale + 1e-5f);
        _camera.Y.ShouldBeInRange(-1e-5f, 1 - _camera.Scale + 1e-5f);
    }

    // What moves: the place as a part of the free room, and the size as a factor.
    private (float X, float Y, float Zoom) Motion() =>
        _camera.Scale > 0.9999f ? (0.5f, 0.5f, 0) : (_camera.X / (1 - _camera.Scale), _camera.Y / (1 - _camera.Scale), -MathF.Log(_camera.Scale));
}
