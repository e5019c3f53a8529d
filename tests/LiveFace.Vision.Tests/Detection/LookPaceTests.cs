using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>What a look by need spends; a small pass costs 1.3 ms here and the budget is 8.</summary>
public sealed class LookPaceTests : IDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);
    private static readonly InputSize Small = new(320, 256);
    private static readonly InputSize Tiny = new(160, 128);

    // Each needs a close window of its own, and all of them cost more than the whole in full resolution.
    private static readonly (int X, int Y)[] Spots =
        [.. Enumerable.Range(0, 20).Select(spot => (24 + 140 * (spot % 5), 24 + 130 * (spot / 5)))];

    private readonly FramePool _pool = new();
    private readonly VideoFrame _frame;
    private readonly FakeDetector _fake = new();
    private readonly VisionPipeline _pipeline;
    private int _frames;

    public LookPaceTests()
    {
        _frame = _pool.Rent(640, 480);
        FrameCopy.Fill(_frame, 90, 128, 128);
        for (var y = 0; y < 480; y++)
            for (var x = 0; x < 640; x++)
                _frame.RowY(y)[x] = (byte)(60 + (x / 20 + y / 15) % 7 * 20);
        _pipeline = ClipStage.Pipeline(_fake);
    }

    [Fact]
    public void The_first_half_second_is_looked_at_with_all_that_there_is()
    {
        for (var look = 0; look < 15; look++)
            Look(LookPace.ByNeed).Sum(one => one.Size.Area).ShouldBeGreaterThan(4 * Small.Area);
    }

    [Fact]
    public void A_calm_picture_is_looked_at_whole_tiny_or_small_and_now_and_then_finely()
    {
        Calm();
        var looks = Enumerable.Range(0, 24).Select(_ => Look(LookPace.ByNeed)).ToArray();
        looks.ShouldAllBe(look => look[0].Window.Width == 640 && look[0].Window.Height == 480);
        looks.Count(look => look.Length == 1 && look[0].Size == Tiny).ShouldBe(18);
        looks.Count(look => look.Length == 1 && look[0].Size == Small).ShouldBe(4);
        looks.Count(look => look[0].Size.Width == 640).ShouldBe(2);
    }

    [Fact]
    public void At_full_pace_a_calm_picture_is_looked_at_with_all_that_there_is()
    {
        Calm();
        for (var look = 0; look < 8; look++)
            Look(LookPace.Full).Sum(one => one.Size.Area).ShouldBeGreaterThan(4 * Small.Area);
    }

    [Fact]
    public void What_appears_in_a_calm_picture_is_looked_at_closely_in_that_very_frame()
    {
        for (var spot = 0; spot < 12; spot++)
        {
            Calm();
            Paint(40 + 45 * spot, 30 + 35 * spot, 16);
            Look(LookPace.ByNeed).ShouldContain(one =>
                one.Window.X <= 40 + 45 * spot && one.Window.Right >= 56 + 45 * spot
                && one.Window.Y <= 30 + 35 * spot && one.Window.Bottom >= 46 + 35 * spot
                && one.Window.Width <= 1.1 * one.Size.Width);
        }
    }

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

    public void Dispose()
    {
        _pipeline.Dispose();
        _frame.Dispose();
        _pool.Dispose();
    }

    private void Calm(VisionPipeline? pipeline = null)
    {
        for (var look = 0; look < 64; look++)
            Look(LookPace.ByNeed, pipeline);
    }

    private (PixelRect Window, InputSize Size)[] Look(LookPace pace, VisionPipeline? pipeline = null)
    {
        pipeline ??= _pipeline;
        _fake.Asked.Clear();
        pipeline.Follow(_frame, TimeSpan.FromSeconds(++_frames / 30.0));
        pipeline.Sample(_frame, Budget, pace).ShouldBeTrue();
        pipeline.Eyes[0].Infer();
        pipeline.Apply();
        return [.. _fake.Asked];
    }

    private void PaintSpots(int look)
    {
        foreach (var (x, y) in Spots)
            Paint(x, y, 16, (byte)(look % 2 == 0 ? 90 : 256 - 90));
    }

    private void Paint(int x, int y, int side, byte more = 90)
    {
        for (var row = y; row < y + side; row++)
            foreach (ref var luma in _frame.RowY(row).Slice(x, side))
                luma = (byte)(luma + more);
    }
}
