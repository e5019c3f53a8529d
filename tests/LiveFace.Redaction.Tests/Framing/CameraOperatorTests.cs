using LiveFace.Redaction.Framing;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Framing;

/// <summary>How the view moves, in parts of the picture and at 30 pictures a second.</summary>
public sealed class CameraOperatorTests : CameraTestBase
{
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

    private void Lost(int pictures)
    {
        for (var i = 0; i < pictures; i++)
        {
            _now += TimeSpan.FromSeconds(Step);
            _camera.Step(_now, Main, null, 0);
        }
    }
}
