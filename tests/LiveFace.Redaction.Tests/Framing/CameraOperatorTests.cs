using LiveFace.Redaction.Framing;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Framing;

/// <summary>How the view moves, in parts of the picture and at 30 pictures a second.</summary>
public sealed class CameraOperatorTests
{
    private const float Step = 1 / 30f;
    private const float Face = 0.15f;
    private static readonly PolicyFraming Main = new();

    private readonly CameraOperator _camera = new();
    private TimeSpan _now = TimeSpan.FromSeconds(3);

    [Fact]
    public void It_goes_to_a_face_and_holds_still_there()
    {
        Follow(0.7f, 0.4f, 240);
        _camera.Scale.ShouldBe(Face / Main.Size, 0.02f);
        (_camera.X + _camera.Scale / 2).ShouldBe(0.7f, 0.03f);
        (_camera.Y + _camera.Scale / 2).ShouldBe(0.4f + 0.08f * _camera.Scale, 0.03f, "with room above the head");
        var still = View();
        Follow(0.7f, 0.4f, 60);
        View().ShouldBe(still);
    }

    [Fact]
    public void It_does_not_move_while_the_face_stays_in_the_dead_zone()
    {
        Follow(0.5f, 0.5f, 240);
        var still = View();
        var random = new Random(1);
        var reach = (CameraOperator.DeadZone - 0.03f) * _camera.Scale;
        for (var i = 0; i < 600; i++)
        {
            Follow(0.5f + reach * (2 * random.NextSingle() - 1), 0.5f + reach * (2 * random.NextSingle() - 1), 1, Face * (0.9f + 0.2f * random.NextSingle()));
            View().ShouldBe(still, $"picture {i}");
        }

        Follow(0.5f + 2 * CameraOperator.DeadZone * _camera.Scale, 0.5f, 30);
        View().ShouldNotBe(still, "beyond it, it goes after it");
    }

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
    public void A_group_is_shown_whole()
    {
        for (var i = 0; i < 300; i++)
        {
            _now += TimeSpan.FromSeconds(Step);
            _camera.Step(_now, Main with { Subject = FramingSubject.Group }, new BoxF(0.25f, 0.3f, 0.65f, 0.42f), Face);
        }

        _camera.X.ShouldBeLessThan(0.25f);
        (_camera.X + _camera.Scale).ShouldBeGreaterThan(0.65f);
        _camera.Scale.ShouldBeInRange(0.5f, 0.65f);
    }

    [Fact]
    public void With_nobody_there_it_waits_and_goes_back_to_the_whole_picture_slowly()
    {
        Follow(0.7f, 0.4f, 240);
        var still = View();
        var frames = (int)(CameraOperator.Patience.TotalSeconds / Step) - 1;
        Lost(frames);
        View().ShouldBe(still, "a face that was lost for a moment moves nothing");
        var back = 0;
        while (_camera.Scale < 0.999f)
        {
            var before = _camera.Scale;
            Lost(1);
            _camera.Scale.ShouldBeGreaterThanOrEqualTo(before);
            (MathF.Log(_camera.Scale / before) / Step).ShouldBeLessThan(0.5f * CameraOperator.Leisure + 0.01f);
            (++back).ShouldBeLessThan(600);
        }

        back.ShouldBeGreaterThan(60);
    }

    [Fact]
    public void Another_scene_begins_with_the_whole_picture()
    {
        Follow(0.7f, 0.4f, 240);
        _camera.Reset();
        View().ShouldBe((0, 0, 1));
        Follow(0.2f, 0.5f, 1);
        View().ShouldBe((0, 0, 1), "and moves from there");
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

    private static BoxF Box(float x, float y, float size) => new(x - size / 2, y - size / 2, x + size / 2, y + size / 2);

    private void InsideThePicture()
    {
        _camera.Scale.ShouldBeInRange(0.24f, 1);
        _camera.X.ShouldBeInRange(-1e-5f, 1 - _camera.Scale + 1e-5f);
        _camera.Y.ShouldBeInRange(-1e-5f, 1 - _camera.Scale + 1e-5f);
    }

    // What moves: the place as a part of the free room, and the size as a factor.
    private (float X, float Y, float Zoom) Motion() =>
        _camera.Scale > 0.9999f ? (0.5f, 0.5f, 0) : (_camera.X / (1 - _camera.Scale), _camera.Y / (1 - _camera.Scale), -MathF.Log(_camera.Scale));

    private (float X, float Y, float Scale) View() => (_camera.X, _camera.Y, _camera.Scale);

    private void Follow(float x, float y, int pictures, float face = Face)
    {
        for (var i = 0; i < pictures; i++)
        {
            _now += TimeSpan.FromSeconds(Step);
            _camera.Step(_now, Main, Box(x, y, face), face);
        }
    }

    private void Lost(int pictures)
    {
        for (var i = 0; i < pictures; i++)
        {
            _now += TimeSpan.FromSeconds(Step);
            _camera.Step(_now, Main, null, 0);
        }
    }
}
