using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;
using LiveFace.Vision.Tracking;
using static LiveFace.Vision.Tests.Tracking.TrackerSteps;

namespace LiveFace.Vision.Tests.Tracking;

public sealed class TrackerTests
{
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
