using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;
using LiveFace.Vision.Tracking;
using static LiveFace.Vision.Tests.Tracking.TrackerSteps;

namespace LiveFace.Vision.Tests.Tracking;

/// <summary>Cuts, and what is none.</summary>
public sealed class CutTests
{
    [Fact]
    public void A_cut_says_so_until_a_detector_has_seen_the_new_scene()
    {
        using var pool = new FramePool();
        var tracker = new Tracker();
        using var first = pool.Rent(320, 240);
        using var second = pool.Rent(320, 240);
        new PatternScene(4).Paint(first, 0, 0);
        new PatternScene(5).Paint(second, 0, 0);

        tracker.Predict(first, TimeSpan.Zero);
        tracker.Keep();
        tracker.Predict(first, Step);
        tracker.Cut.ShouldBeFalse();
        tracker.Predict(second, 2 * Step);
        tracker.Cut.ShouldBeTrue();

        // An answer for the scene before says nothing about this one.
        tracker.Update([Face(100, 100)], 0.6f, TimeSpan.Zero);
        tracker.Cut.ShouldBeTrue();
        tracker.Predict(second, 3 * Step);
        tracker.Cut.ShouldBeTrue();
        tracker.Update([], 0.6f, 3 * Step);
        tracker.Cut.ShouldBeFalse();
    }

    [Fact]
    public void A_cut_is_over_only_when_every_detector_has_looked()
    {
        using var pool = new FramePool();
        var tracker = new Tracker(new TrackerOptions { Sources = 2 });
        using var first = pool.Rent(320, 240);
        using var second = pool.Rent(320, 240);
        new PatternScene(4).Paint(first, 0, 0);
        new PatternScene(5).Paint(second, 0, 0);
        tracker.Predict(first, TimeSpan.Zero);
        tracker.Predict(second, Step);
        tracker.Update([], 0.6f, Step, source: 0);
        tracker.Cut.ShouldBeTrue();
        tracker.Update([], 0.6f, Step, source: 1);
        tracker.Cut.ShouldBeFalse();
    }

    [Fact]
    public void A_brighter_light_is_no_cut()
    {
        using var pool = new FramePool();
        var tracker = new Tracker();
        using var dark = pool.Rent(320, 240);
        using var bright = pool.Rent(320, 240);
        new PatternScene(4).Paint(bright, 0, 0);
        for (var y = 0; y < 240; y++)
            for (var x = 0; x < 320; x++)
                dark.RowY(y)[x] = (byte)(bright.RowY(y)[x] * 0.5f);
        tracker.Predict(dark, TimeSpan.Zero);
        tracker.Predict(bright, Step);
        tracker.Cut.ShouldBeFalse();
    }
}
