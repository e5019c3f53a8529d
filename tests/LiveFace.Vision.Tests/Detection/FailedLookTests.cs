using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>Looks that fail or see too much are never read as all that is there.</summary>
public sealed class FailedLookTests : VisionPipelineTestBase
{
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
}
