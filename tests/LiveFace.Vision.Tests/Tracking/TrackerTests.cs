using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;
using LiveFace.Vision.Tracking;
using static LiveFace.Vision.Tests.Tracking.TrackerSteps;

namespace LiveFace.Vision.Tests.Tracking;

public sealed class TrackerTests
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
    public void A_lost_face_coasts_with_a_growing_cover_and_ends()
    {
        var tracker = new Tracker();
        var at = TimeSpan.Zero;
        for (var i = 0; i < 10; i++, at += Step)
            See(tracker, at, Face(100 + 5 * i, 100));
        var seen = tracker.Tracks[0];
        var last = seen.Cover;
        for (var i = 0; i < 6; i++, at += Step)
        {
            See(tracker, at);
            tracker.Tracks[0].Coasting.ShouldBeTrue();
            tracker.Tracks[0].Cover.Width.ShouldBeGreaterThan(last.Width);
            last = tracker.Tracks[0].Cover;
        }

        tracker.Tracks[0].Box.CentreX.ShouldBeGreaterThan(seen.Box.CentreX + 10);
        for (var i = 0; i < 60; i++, at += Step)
            See(tracker, at);
        tracker.Tracks.Length.ShouldBe(0);
    }

    [Fact]
    public void A_face_that_is_seen_in_every_frame_needs_no_room_beyond_its_box()
    {
        var tracker = new Tracker();
        for (var i = 0; i < 20; i++)
            See(tracker, i * Step, Face(100 + 3 * i, 100));
        var track = tracker.Tracks[0];
        track.Cover.Area.ShouldBeLessThan(1.15f * track.Box.Area);
    }

    [Fact]
    public void What_the_detector_sees_lies_in_the_cover_however_suddenly_it_moves()
    {
        var tracker = new Tracker();
        for (var i = 0; i < 20; i++)
            See(tracker, i * Step, Face(100, 100));
        for (var i = 20; i < 26; i++)
        {
            var seen = Face(100 + 10 * (i - 19), 100);
            See(tracker, i * Step, seen);
            var cover = tracker.Tracks[0].Cover;
            cover.Right.ShouldBeGreaterThanOrEqualTo(seen.Box.Right - 0.01f);
            cover.Left.ShouldBeLessThanOrEqualTo(seen.Box.Left + 0.01f);
            // Room is made where it moves to, and not on both sides.
            var box = tracker.Tracks[0].Box;
            (box.Left - cover.Left).ShouldBeLessThan(4f);
        }
    }

    [Theory]
    [InlineData(20, 1, 12, true)]
    [InlineData(200, 1, 12, false)]
    [InlineData(200, 60, 12, true)]
    public void What_looks_do_not_find_again_is_believed_as_long_as_it_costs_little_or_was_there_for_long(
        float size, int seen, int denied, bool isBelieved)
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(640, 480);
        new PatternScene(1).Paint(frame, 0, 0);
        var thresholds = new DetectionThresholds(0.6f, 0.3f, 0.4f) { Live = new HidingBar(0.1f, 0.9f), Heights = new HeightRange(10, 400) };
        PlannedWindow[] whole = [new(new PixelRect(0, 0, 640, 480), new InputSize(640, 480), IsWhole: true)];
        var tracker = new Tracker();
        var at = TimeSpan.Zero;
        for (var i = 0; i < seen + denied; i++, at += Step / 4)
        {
            tracker.Predict(frame, at);
            DetectedObject[] found = i < seen ? [Face(320, 240, size, 0.95f)] : [];
            tracker.Update(found, 0.6f, at, 0, new LookReach(whole, thresholds, 640 * 480));
        }

        tracker.Tracks.Length.ShouldBe(isBelieved ? 1 : 0);
    }

    [Fact]
    public void A_look_elsewhere_says_nothing_against_a_track()
    {
        var thresholds = new DetectionThresholds(0.6f, 0.3f, 0.4f) { Live = new HidingBar(0.9f, 0.9f) };
        PlannedWindow[] elsewhere = [new(new PixelRect(0, 0, 160, 120), new InputSize(160, 128), IsWhole: false)];
        var tracker = new Tracker();
        See(tracker, TimeSpan.Zero, Face(320, 240, 100, 0.95f));
        for (var i = 1; i < 8; i++)
        {
            tracker.Predict(i * Step);
            tracker.Update([], 0.6f, i * Step, 0, new LookReach(elsewhere, thresholds, 640 * 480));
        }

        tracker.Tracks.Length.ShouldBe(1);
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

    [Fact]
    public void The_same_calls_give_the_same_tracks()
    {
        static List<Track> Run()
        {
            var random = new Random(7);
            var tracker = new Tracker();
            var all = new List<Track>();
            for (var i = 0; i < 60; i++)
            {
                var seen = Enumerable.Range(0, 12)
                    .Where(_ => random.NextSingle() > 0.3f)
                    .Select(n => Face(50 * n + random.NextSingle() * 20, 100 + i * 2, 30, 0.3f + 0.7f * random.NextSingle()))
                    .ToArray();
                See(tracker, i * Step, seen);
                all.AddRange(tracker.Tracks);
            }

            return all;
        }

        Run().ShouldBe(Run());
    }

    [Fact]
    public void Following_allocates_nothing()
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(640, 480);
        new PatternScene(6).Paint(frame, 0, 0);
        var tracker = new Tracker();
        var seen = Enumerable.Range(0, 10).Select(n => Face(50 + 55 * n, 200)).ToArray();
        for (var i = 0; i < 20; i++)
            Once(i);
        var before = ThreadAllocations.Begin();
        for (var i = 20; i < 200; i++)
            Once(i);
        ThreadAllocations.Since(before).ShouldBe(0);
        tracker.Tracks.Length.ShouldBe(10);

        void Once(int i)
        {
            tracker.Predict(frame, i * Step);
            tracker.Keep();
            tracker.Update(seen, 0.6f, i * Step);
        }
    }
}
