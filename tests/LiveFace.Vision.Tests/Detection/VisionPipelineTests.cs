using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Vision.Tests.Detection;

public sealed class VisionPipelineTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);
    private static readonly DetectedObject Face = new(new BoxF(300, 200, 340, 250), 0, 0.9f);

    private readonly FramePool _pool = new();
    private readonly VideoFrame _frame;
    private readonly FakeDetector _fake = new();
    private readonly VisionPipeline _pipeline;

    public VisionPipelineTests()
    {
        _frame = _pool.Rent(640, 480);
        FrameCopy.Fill(_frame, 90, 128, 128);
        _pipeline = new VisionPipeline([_fake], new VisionOptions(), TimeProvider.System);
    }

    [Fact]
    public void A_sound_look_makes_tracks_and_says_when()
    {
        _fake.Scene.Add(Face);
        _pipeline.LastSeen.ShouldBeNull();
        _pipeline.Observe(_frame, Step, Budget);
        _pipeline.Tracks.Length.ShouldBe(1);
        _pipeline.LastSeen.ShouldBe(Step);
    }

    [Theory]
    [InlineData(DetectionVerdict.Failed)]
    [InlineData(DetectionVerdict.NotFinite)]
    public void A_failed_look_is_never_read_as_nothing_there(DetectionVerdict verdict)
    {
        _fake.Scene.Add(Face);
        _pipeline.Observe(_frame, Step, Budget);
        _fake.Verdict = verdict;
        _fake.Scene.Clear();
        _pipeline.Observe(_frame, 2 * Step, Budget);
        _pipeline.LastSeen.ShouldBe(Step);
        _pipeline.Tracks[0].Coasting.ShouldBeFalse();
        _pipeline.Eyes[0].FailuresInARow.ShouldBe(1);
    }

    [Fact]
    public void A_detector_that_throws_is_a_failed_look()
    {
        _fake.Throws = true;
        _pipeline.Observe(_frame, Step, Budget);
        _pipeline.LastSeen.ShouldBeNull();
        _pipeline.Eyes[0].Failures.ShouldBe(1);
        _fake.Throws = false;
        _pipeline.Observe(_frame, 2 * Step, Budget);
        _pipeline.LastSeen.ShouldBe(2 * Step);
        _pipeline.Eyes[0].FailuresInARow.ShouldBe(0);
    }

    [Theory]
    [InlineData(DetectionList.RoomForLook, 1, true)]
    [InlineData(DetectionList.RoomForLook + 1, 1, false)]
    [InlineData(Suppression.MostThings, Suppression.MostThings, true)]
    [InlineData(Suppression.MostThings + 1, Suppression.MostThings + 1, false)]
    public void A_look_that_saw_more_than_there_is_room_for_is_never_read_as_all_that_is_there(int boxes, int things, bool isSound)
    {
        for (var i = 0; i < boxes; i++)
            _fake.Scene.Add(Face with { Class = i % things });
        // Without a budget a look is one window, and sees each box once.
        _pipeline.Observe(_frame, Step, TimeSpan.Zero);
        _pipeline.LastSeen.ShouldBe(isSound ? Step : null);
        _pipeline.Eyes[0].Failures.ShouldBe(isSound ? 0 : 1);
        _pipeline.Observe(_frame, 2 * Step, TimeSpan.Zero);
        _pipeline.LastSeen.ShouldBe(isSound ? 2 * Step : null);
    }

    [Fact]
    public void A_weak_find_is_kept_to_be_hidden_only_where_it_takes_little_of_the_picture()
    {
        using var fake = new FakeDetector { Thresholds = new DetectionThresholds(0.6f, 0.3f, 0.4f) { Live = new HidingBar(0.3f, 0.9f) } };
        fake.Scene.Add(new DetectedObject(new BoxF(300, 200, 320, 225), 0, 0.4f));
        fake.Scene.Add(new DetectedObject(new BoxF(20, 100, 260, 420), 0, 0.4f));
        fake.Scene.Add(new DetectedObject(new BoxF(340, 60, 630, 470), 0, 0.61f));
        using var pipeline = new VisionPipeline([fake], new VisionOptions(), TimeProvider.System);
        pipeline.Observe(_frame, Step, TimeSpan.Zero);
        pipeline.Eyes[0].Found.Items.ToArray().Select(item => item.Box.Left).ShouldBe([300]);
        pipeline.Tracks.Length.ShouldBe(0);
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

    public void Dispose()
    {
        _pipeline.Dispose();
        _frame.Dispose();
        _pool.Dispose();
    }
}
