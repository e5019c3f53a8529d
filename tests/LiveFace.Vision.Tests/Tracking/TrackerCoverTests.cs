using LiveFace.Vision.Tracking;
using static LiveFace.Vision.Tests.Tracking.TrackerSteps;

namespace LiveFace.Vision.Tests.Tracking;

/// <summary>Where a face may be, and what that covers.</summary>
public sealed class TrackerCoverTests
{
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
}
