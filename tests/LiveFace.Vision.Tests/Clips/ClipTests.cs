using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// What the whole way of seeing is worth on moving pictures with known faces. The bounds may only be tightened.
/// </summary>
public sealed class ClipTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);

    private static readonly ClipScript[] Scripts =
    [
        new(0, 24, 2, 8) { Frames = 45 },
        new(5, 40, 5, 6) { Frames = 45 },
        new(7, 40, 1, 6, Pan: 120) { Frames = 45 },
        new(9, 80, 2, 4) { Frames = 45 },
        new(14, 160, 1, 2) { Frames = 45 },
    ];

    [Fact]
    public async Task With_tracking_every_third_frame_misses_no_more_than_without_it_every_frame()
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var stage = await ClipStage.OpenAsync(Repository.Root, TestContext.Current.CancellationToken);
        var alone = new MaskMeasure();
        var tracked = new MaskMeasure();
        foreach (var script in Scripts)
        {
            using var first = ClipStage.Pipeline(detector);
            using var second = ClipStage.Pipeline(detector);
            var eachFrame = new ClipRun(first, every: 1, tracked: false, Budget);
            var eachThird = new ClipRun(second, every: 3, tracked: true, Budget);
            stage.Play(script, eachFrame, eachThird);
            alone.Add(eachFrame.Measure);
            tracked.Add(eachThird.Measure);
        }

        tracked.Faces.ShouldBeGreaterThan(1000);
        tracked.Missed.ShouldBeLessThanOrEqualTo(alone.Missed);
        tracked.MissedPer10000.ShouldBeLessThan(400);
    }

    [Fact]
    public async Task Looks_by_need_miss_no_more_than_looks_that_spend_all_for_four_fifths_of_the_work()
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var stage = await ClipStage.OpenAsync(Repository.Root, TestContext.Current.CancellationToken);
        var (missedByAll, missedByNeed, all, need) = (0, 0, 0L, 0L);
        foreach (var script in new[] { new ClipScript(42, 24, 0.3f, 3) { From = 0.7f }, new ClipScript(46, 80, 0.3f, 2) })
        {
            using var first = ClipStage.Pipeline(detector);
            using var second = ClipStage.Pipeline(detector);
            var spendsAll = new ClipRun(first, every: 1, tracked: true, Budget);
            var byNeed = new ClipRun(second, every: 1, tracked: true, Budget, pace: LookPace.ByNeed);
            stage.Play(script with { Occluders = false, Frames = 60 }, spendsAll, byNeed);
            missedByAll += spendsAll.Measure.Missed;
            missedByNeed += byNeed.Measure.Missed;
            all += spendsAll.Pixels;
            need += byNeed.Pixels;
        }

        missedByNeed.ShouldBeLessThanOrEqualTo(missedByAll);
        ((double)need / all).ShouldBeLessThan(0.8);
    }

    [Fact]
    public async Task The_live_budget_finds_what_nine_tiles_find()
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var stage = await ClipStage.OpenAsync(Repository.Root, TestContext.Current.CancellationToken);
        using var tiles = new TileScan(detector);
        var live = new FoundMeasure();
        var nine = new FoundMeasure();
        foreach (var script in new[] { new ClipScript(1, 20, 1, 8), new ClipScript(2, 40, 2, 6), new ClipScript(3, 100, 1, 3) })
        {
            using var pipeline = ClipStage.Pipeline(detector);
            using var clip = stage.Clip(script);
            for (var i = 0; i < 40; i++)
            {
                using var frame = stage.Pool.Rent(script.Width, script.Height);
                var truth = clip.Paint(i, frame);
                var tracks = pipeline.Observe(frame, clip.TimeOf(i), Budget);
                // The first half second does not count.
                if (i < 15)
                    continue;
                live.Count(truth, [.. tracks.ToArray().Select(t => t.Box)]);
                nine.Count(truth, tiles.Look(frame));
            }
        }

        nine.Found.ShouldBeGreaterThan(200);
        ((double)live.Found / nine.Found).ShouldBeGreaterThan(0.95);
    }
}
