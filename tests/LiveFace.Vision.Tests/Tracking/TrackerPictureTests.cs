using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;
using LiveFace.Vision.Tracking;
using static LiveFace.Vision.Tests.Tracking.TrackerSteps;

namespace LiveFace.Vision.Tests.Tracking;

/// <summary>Following boxes in the picture itself: late answers, pans, cuts, light.</summary>
public sealed class TrackerPictureTests
{
    [Fact]
    public void A_late_answer_lands_where_the_face_is_now()
    {
        var tracker = new Tracker();
        for (var i = 0; i < 20; i++)
            See(tracker, i * Step, Face(100 + 10 * i, 100));
        for (var i = 20; i < 24; i++)
            tracker.Predict(i * Step);
        tracker.Update([Face(100 + 10 * 20, 100)], 0.6f, 20 * Step);
        tracker.Tracks.Length.ShouldBe(1);
        tracker.Tracks[0].Box.CentreX.ShouldBe(330, 8);
        tracker.Tracks[0].Unseen.ShouldBe(3 * Step);
    }

    [Fact]
    public void Boxes_follow_the_picture_between_detections()
    {
        using var pool = new FramePool();
        var back = new PatternScene(1);
        var thing = new PatternScene(2);
        var tracker = new Tracker();
        for (var i = 0; i <= 30; i++)
        {
            using var frame = pool.Rent(320, 240);
            back.Paint(frame, 0, 0);
            // The path bends, so that pace alone would lose it.
            var x = 160 + 100 * MathF.Sin(i * 0.12f);
            var y = 120 + 60 * MathF.Sin(i * 0.2f);
            thing.PaintThing(frame, (int)x - 20, (int)y - 20, 40, 40);
            tracker.Predict(frame, i * Step);
            if (i % 10 == 0)
                tracker.Update([Face((int)x, (int)y)], 0.6f, i * Step);
            tracker.Tracks.Length.ShouldBe(1);
            tracker.Tracks[0].Box.CentreX.ShouldBe(x, 4, $"frame {i}");
            tracker.Tracks[0].Box.CentreY.ShouldBe(y, 4, $"frame {i}");
        }
    }

    [Fact]
    public void A_new_face_in_a_late_answer_is_looked_for_in_the_picture_of_today()
    {
        using var pool = new FramePool();
        var back = new PatternScene(1);
        var thing = new PatternScene(2);
        var tracker = new Tracker();
        for (var i = 0; i <= 4; i++)
        {
            using var frame = pool.Rent(320, 240);
            back.Paint(frame, 0, 0);
            thing.PaintThing(frame, 100 + 3 * i, 80, 40, 40);
            tracker.Predict(frame, i * Step);
            if (i == 0)
                tracker.Keep();
        }

        tracker.Update([Face(120, 100)], 0.6f, TimeSpan.Zero);
        tracker.Tracks[0].Box.CentreX.ShouldBe(132, 1.5);
        tracker.Tracks[0].Box.CentreY.ShouldBe(100, 1.5);
    }

    [Fact]
    public void A_pan_of_the_camera_carries_the_tracks_along()
    {
        using var pool = new FramePool();
        var scene = new PatternScene(3);
        var tracker = new Tracker();
        for (var i = 0; i <= 12; i++)
        {
            using var frame = pool.Rent(640, 480);
            scene.Paint(frame, i < 4 ? 0 : -20 * (i - 3), 0);
            tracker.Predict(frame, i * Step);
            if (i == 3)
                tracker.Update([Face(400, 200, 24)], 0.6f, i * Step);
        }

        tracker.Cut.ShouldBeFalse();
        tracker.Tracks[0].Box.CentreX.ShouldBe(400 - 180, 4);
        tracker.Tracks[0].VelocityX.ShouldBe(-600, 60);
    }
}
