using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>Looks make no garbage.</summary>
public sealed class LookAllocationTests : RealModelTestBase
{
    [Fact]
    public async Task Looks_allocate_nothing_whatever_they_may_cost()
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var frame = ReadPortrait();
        var clock = new SteppingClock(TimeSpan.FromMilliseconds(4));
        using var pipeline = new VisionPipeline([detector], new VisionOptions(), clock);
        var next = 0;
        // By then a window and a turned picture were planned, which makes tables once, and no plan was as large as those that follow.
        for (var i = 0; i < 10; i++)
            Look(1);
        var before = ThreadAllocations.Begin();
        for (var round = 0; round < 3; round++)
            for (var budget = 1; budget < 128; budget *= 2)
                Look(budget);
        ThreadAllocations.Since(before).ShouldBe(0);
        pipeline.Eyes[0].Plan.IsFull.ShouldBeTrue();
        pipeline.Tracks.ToArray().ShouldContain(t => t.Box.IntersectionOverUnion(Face) > 0.6f);

        void Look(int budget) =>
            pipeline.Observe(frame, next++ * TimeSpan.FromMilliseconds(33), TimeSpan.FromMilliseconds(budget));
    }

    [Theory]
    [InlineData("ultraface")]
    [InlineData("blazeface")]
    [InlineData("nanodet")]
    [InlineData("selfie")]
    [InlineData("ppocr")]
    public async Task A_look_of_each_model_allocates_nothing(string id)
    {
        using var detector = await Repository.OpenAsync(id);
        using var frame = ReadPortrait();
        using var lane = detector.OpenLane(1);
        var found = new DetectionList();
        Once();
        Once();
        var before = ThreadAllocations.Begin();
        Once();
        Once();
        ThreadAllocations.Since(before).ShouldBe(0);

        void Once()
        {
            found.Clear();
            lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), detector.InputSize);
            lane.Infer(found);
        }
    }

    /// <summary>A clock that goes on by as much at each reading, so that what a look costs is no matter of the machine.</summary>
    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;
    }
}
