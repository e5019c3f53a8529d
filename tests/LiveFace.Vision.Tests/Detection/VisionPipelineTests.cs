using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Vision.Tests.Detection;

public sealed class VisionPipelineTests : VisionPipelineTestBase
{
    [Fact]
    public void A_sound_look_makes_tracks_and_says_when()
    {
        _fake.Scene.Add(Face);
        _pipeline.LastSeen.ShouldBeNull();
        _pipeline.Observe(_frame, Step, Budget);
        _pipeline.Tracks.Length.ShouldBe(1);
        _pipeline.LastSeen.ShouldBe(Step);
    }

    [Fact]
    public void While_a_look_is_under_way_newer_frames_are_not_sampled()
    {
        _fake.Scene.Add(Face);
        _pipeline.Follow(_frame, Step);
        _pipeline.Sample(_frame, Budget).ShouldBeTrue();
        _pipeline.Follow(_frame, 2 * Step);
        _pipeline.Sample(_frame, Budget).ShouldBeFalse();
        _pipeline.Apply().ShouldBeFalse();
        _pipeline.Eyes[0].Infer().ShouldBeTrue();
        _pipeline.Eyes[0].Infer().ShouldBeFalse();
        _pipeline.Follow(_frame, 3 * Step);
        _pipeline.Apply().ShouldBeTrue();
        _pipeline.LastSeen.ShouldBe(Step);
        _pipeline.Tracks[0].Unseen.ShouldBe(2 * Step);
        _pipeline.Sample(_frame, Budget).ShouldBeTrue();
    }

    [Fact]
    public void The_frame_is_not_needed_once_it_is_sampled()
    {
        _fake.Scene.Add(Face);
        _pipeline.Follow(_frame, Step);
        _pipeline.Sample(_frame, Budget);
        _frame.References.ShouldBe(1);
    }

    [Fact]
    public void Everything_is_seen_only_when_the_slowest_detector_has_looked()
    {
        var other = new FakeDetector();
        var eye = _pipeline.Add(other);
        _pipeline.Follow(_frame, Step);
        _pipeline.Sample(_frame, Budget);
        _pipeline.Eyes[0].Infer();
        _pipeline.Apply();
        _pipeline.LastSeen.ShouldBeNull();
        eye.Infer();
        _pipeline.Apply();
        _pipeline.LastSeen.ShouldBe(Step);
    }

    [Fact]
    public void A_cut_is_over_once_the_detectors_that_there_are_have_looked()
    {
        using var other = _pool.Rent(640, 480);
        new PatternScene(1).Paint(_frame, 0, 0);
        new PatternScene(2).Paint(other, 0, 0);
        _pipeline.Observe(_frame, Step, Budget);
        _pipeline.Follow(other, 2 * Step);
        _pipeline.Cut.ShouldBeTrue();
        _pipeline.Observe(other, 3 * Step, Budget);
        _pipeline.Cut.ShouldBeFalse();
    }
}
