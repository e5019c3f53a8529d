using LiveFace.Vision.Tracking;
using static LiveFace.Vision.Tests.Tracking.TrackerSteps;

namespace LiveFace.Vision.Tests.Tracking;

/// <summary>Which detection goes to which track, and what finds none.</summary>
public sealed class TrackerMatchTests
{
    [Fact]
    public void A_face_keeps_its_id_while_it_moves()
    {
        var tracker = new Tracker();
        for (var i = 0; i < 30; i++)
            See(tracker, i * Step, Face(100 + 8 * i, 100));
        tracker.Tracks.Length.ShouldBe(1);
        tracker.Tracks[0].Id.ShouldBe(1);
        tracker.Tracks[0].VelocityX.ShouldBeInRange(200, 280);
        tracker.Tracks[0].Coasting.ShouldBeFalse();
    }

    [Fact]
    public void Two_faces_that_cross_keep_their_ids()
    {
        var tracker = new Tracker();
        for (var i = 0; i < 40; i++)
            See(tracker, i * Step, Face(100 + 10 * i, 100), Face(500 - 10 * i, 130));
        tracker.Tracks.Length.ShouldBe(2);
        var first = tracker.Tracks[0].Id == 1 ? tracker.Tracks[0] : tracker.Tracks[1];
        first.Box.CentreX.ShouldBe(490, 10);
    }

    [Fact]
    public void What_found_no_free_track_is_told_of_until_the_next_answer_even_when_a_track_ends_before()
    {
        var tracker = new Tracker(new TrackerOptions { MaximumTracks = 2 });
        See(tracker, TimeSpan.Zero, Face(100, 100), Face(300, 100));
        tracker.LeavesOut.ShouldBeFalse();
        See(tracker, Step, Face(100, 100), Face(300, 100), Face(500, 100), Face(500, 300, score: 0.4f));
        tracker.Refused.ShouldBe(1);
        var now = Step;
        while (tracker.Tracks.Length == 2)
            tracker.Predict(now += Step);
        tracker.LeavesOut.ShouldBeTrue();
        See(tracker, now + Step, Face(500, 100));
        tracker.LeavesOut.ShouldBeFalse();
    }

    [Fact]
    public void More_detections_than_are_ever_matched_are_told_of()
    {
        var tracker = new Tracker(new TrackerOptions { MaximumTracks = 2048 });
        See(tracker, TimeSpan.Zero, [.. Enumerable.Range(0, 1025).Select(i => Face(50 * i, 100))]);
        tracker.LeavesOut.ShouldBeTrue();
    }

    [Fact]
    public void A_weak_detection_keeps_a_track_but_begins_none()
    {
        var tracker = new Tracker();
        See(tracker, TimeSpan.Zero, Face(300, 300, score: 0.4f));
        tracker.Tracks.Length.ShouldBe(0);
        See(tracker, Step, Face(100, 100));
        for (var i = 2; i < 120; i++)
            See(tracker, i * Step, Face(100, 100, score: 0.4f));
        tracker.Tracks.Length.ShouldBe(1);
        tracker.Tracks[0].Coasting.ShouldBeFalse();
    }

    [Fact]
    public void Boxes_that_are_no_boxes_are_left_out()
    {
        var tracker = new Tracker();
        See(tracker, TimeSpan.Zero,
            new DetectedObject(new BoxF(float.NaN, 0, 10, 10), 0, 0.9f),
            new DetectedObject(new BoxF(10, 10, 0, 0), 0, 0.9f),
            new DetectedObject(new BoxF(0, 0, float.PositiveInfinity, 10), 0, 0.9f));
        tracker.Tracks.Length.ShouldBe(0);
    }
}
