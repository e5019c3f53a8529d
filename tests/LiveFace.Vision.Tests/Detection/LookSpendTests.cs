using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>Where the budget goes when something changes.</summary>
public sealed class LookSpendTests : LookPaceTestBase
{
    // Each needs a close window of its own, and all of them cost more than the whole in full resolution.
    private static readonly (int X, int Y)[] Spots =
        [.. Enumerable.Range(0, 20).Select(spot => (24 + 140 * (spot % 5), 24 + 130 * (spot / 5)))];

    [Fact]
    public void Where_more_changes_than_windows_can_show_for_less_all_is_looked_at_in_full_resolution()
    {
        Calm();
        for (var look = 0; look < 4; look++)
        {
            PaintSpots(look);
            Look(LookPace.ByNeed)[0].Size.Width.ShouldBe(640);
        }
    }

    [Theory]
    [InlineData(2.6)]
    [InlineData(4.5)]
    public void Where_the_budget_does_not_reach_for_that_windows_take_it_all_and_each_change_has_its_turn(double smallPassMs)
    {
        using var slow = ClipStage.Pipeline(_fake, smallPassMs);
        Calm(slow);
        var seen = new int[Spots.Length];
        for (var look = 0; look < 40; look++)
        {
            PaintSpots(look);
            var asked = Look(LookPace.ByNeed, slow);
            if (look < 4)
                (smallPassMs * asked.Sum(one => one.Size.Area) / (320 * 240)).ShouldBeInRange(5.5, 8);
            foreach (var (window, size) in asked)
                for (var spot = 0; spot < Spots.Length; spot++)
                    if (size.Width >= window.Width && window.X <= Spots[spot].X && window.Right >= Spots[spot].X + 16
                        && window.Y <= Spots[spot].Y && window.Bottom >= Spots[spot].Y + 16)
                        seen[spot]++;
        }

        seen.ShouldAllBe(times => times >= 3);
    }

    [Theory]
    [InlineData(30, 0.1f, false)]
    [InlineData(90, 0.1f, true)]
    [InlineData(30, 0.6f, true)]
    public void A_small_track_gets_a_window_when_it_was_not_seen_for_two_frames_or_its_place_is_in_doubt(
        int unseen, float doubt, bool hasWindow)
    {
        Calm();
        var box = new BoxF(300, 200, 324, 228);
        var track = new Track(1, 0, 0, 0.9f, box, box.Grow(doubt), 0, 0, default, TimeSpan.FromMilliseconds(unseen), false);
        var (plan, changes, picture) = (new LookPlan(12), new ChangeMap(), new LumaPyramid());
        picture.Read(_frame);
        changes.Compare(picture, [track], 0);
        changes.Looked(new PixelRect(0, 0, 640, 480), ChangeMap.Enough, isEnlarged: true);
        changes.Compare(picture, [track], 0);

        _pipeline.Eyes[0].Scheduler.PlanByNeed(plan, 640, 480, [track], 0, Budget, changes);

        plan.Count.ShouldBe(hasWindow ? 2 : 1);
    }

    [Fact]
    public void After_a_cut_all_is_spent_again()
    {
        Calm();
        for (var y = 0; y < 480; y++)
            for (var x = 0; x < 640; x++)
                _frame.RowY(y)[x] = (byte)(40 + (x * x / 900 + y * 3 / 40) % 9 * 22);
        for (var look = 0; look < 15; look++)
            Look(LookPace.ByNeed).Sum(one => one.Size.Area).ShouldBeGreaterThan(4 * Small.Area);
        _pipeline.Scenes.ShouldBe(1);
    }

    [Fact]
    public void After_a_look_that_failed_all_is_spent_again()
    {
        Calm();
        _fake.Verdict = DetectionVerdict.Failed;
        Look(LookPace.ByNeed);
        _fake.Verdict = DetectionVerdict.Seen;
        for (var look = 0; look < 15; look++)
            Look(LookPace.ByNeed).Sum(one => one.Size.Area).ShouldBeGreaterThan(4 * Small.Area);
    }

    private void PaintSpots(int look)
    {
        foreach (var (x, y) in Spots)
            Paint(x, y, 16, (byte)(look % 2 == 0 ? 90 : 256 - 90));
    }
}
