using LiveFace.WebRtc.Congestion;

namespace LiveFace.WebRtc.Tests.Congestion;

/// <summary>What grows of the delay is told from what merely wavers.</summary>
public sealed class OveruseTests
{
    [Fact]
    public void A_growing_delay_is_overuse_and_a_shrinking_one_underuse()
    {
        Detect(growth: TimeSpan.FromMilliseconds(2)).ShouldBe(BandwidthUsage.Overuse);
        Detect(growth: TimeSpan.FromMilliseconds(-2)).ShouldBe(BandwidthUsage.Underuse);
        Detect(growth: TimeSpan.Zero).ShouldBe(BandwidthUsage.Normal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Jitter_alone_is_no_overuse(int seed)
    {
        var random = new Random(seed);
        var trend = new TrendlineEstimator();
        var detector = new OveruseDetector();
        var overuses = 0;
        double before = 0;
        for (var i = 0; i < 1000; i++)
        {
            var jitter = random.NextDouble() * 8;
            var sent = TimeSpan.FromMilliseconds(33);
            var arrived = TimeSpan.FromMilliseconds(33 + jitter - before);
            before = jitter;
            var at = TimeSpan.FromMilliseconds(i * 33 + jitter);
            trend.Add(sent, arrived, at);
            detector.Update(trend.Slope, trend.Count, sent, at);
            overuses += detector.State == BandwidthUsage.Overuse ? 1 : 0;
        }

        overuses.ShouldBe(0);
    }

    private static BandwidthUsage Detect(TimeSpan growth)
    {
        var trend = new TrendlineEstimator();
        var detector = new OveruseDetector();
        var at = TimeSpan.Zero;
        var seen = BandwidthUsage.Normal;
        for (var i = 0; i < 60; i++)
        {
            var sent = TimeSpan.FromMilliseconds(20);
            at += sent + growth;
            trend.Add(sent, sent + growth, at);
            detector.Update(trend.Slope, trend.Count, sent, at);
            seen = detector.State == BandwidthUsage.Normal ? seen : detector.State;
        }

        return seen;
    }
}
