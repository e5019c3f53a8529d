using LiveFace.WebRtc.Congestion;

namespace LiveFace.WebRtc.Tests.Congestion;

/// <summary>draft-ietf-rmcat-gcc-02, sections 5 and 6.</summary>
public sealed class DelayBasedTests
{
    [Fact]
    public void Overuse_lowers_the_rate_below_what_arrived()
    {
        var control = new AimdRateControl(1_000_000, 50_000, 4_000_000);
        control.Update(BandwidthUsage.Overuse, TimeSpan.Zero, 800_000, Ms(50), Ms(1000));
        control.Rate.ShouldBe(680_000);
        control.Update(BandwidthUsage.Overuse, TimeSpan.Zero, 800_000, Ms(50), Ms(1010));
        control.Rate.ShouldBe(680_000, "what was lowered has not shown yet");
    }

    [Fact]
    public void A_long_queue_is_yielded_to_further_and_even_while_it_does_not_grow()
    {
        var control = new AimdRateControl(1_000_000, 50_000, 4_000_000);
        control.Update(BandwidthUsage.Normal, Ms(600), 800_000, Ms(50), Ms(1000));
        control.Rate.ShouldBe(400_000);
        control.Update(BandwidthUsage.Underuse, Ms(400), 800_000, Ms(50), Ms(2000));
        control.Rate.ShouldBe(400_000, "the queue drains");
    }

    [Fact]
    public void Without_overuse_the_rate_grows_by_eight_percent_a_second()
    {
        var control = new AimdRateControl(1_000_000, 50_000, 4_000_000);
        for (var ms = 0; ms <= 1000; ms += 50)
            control.Update(BandwidthUsage.Normal, TimeSpan.Zero, 1_000_000, Ms(50), Ms(ms));
        control.Rate.ShouldBeInRange(1_075_000, 1_085_000);
    }

    [Fact]
    public void The_rate_does_not_grow_past_what_arrives_can_prove()
    {
        var control = new AimdRateControl(1_000_000, 50_000, 4_000_000);
        for (var ms = 0; ms <= 20_000; ms += 50)
            control.Update(BandwidthUsage.Normal, TimeSpan.Zero, 200_000, Ms(50), Ms(ms));
        control.Rate.ShouldBe(1_000_000);
    }

    [Fact]
    public void Loss_below_two_percent_raises_between_holds_and_above_ten_lowers()
    {
        var control = new LossBasedControl(1_000_000, 50_000, 4_000_000);
        control.Update(0.05, 1_000_000, Ms(50), Ms(1000));
        control.Rate.ShouldBe(1_000_000);
        control.Update(0.20, 1_000_000, Ms(50), Ms(2000));
        control.Rate.ShouldBe(900_000);
        control.Update(0.20, 900_000, Ms(50), Ms(2100));
        control.Rate.ShouldBe(900_000, "one fall in 300 ms and a round trip");
        control.Update(0.01, 900_000, Ms(50), Ms(3100));
        control.Rate.ShouldBeInRange(960_000, 980_000);
    }

    [Fact]
    public void A_probe_finds_the_slower_of_both_ends()
    {
        // 10 packets of 1250 bytes at 5 Mbit/s; they arrive at 2.
        var cluster = new ProbeCluster();
        cluster.Begin(1, 5_000_000);
        var results = new List<PacketResult>();
        var sent = Ms(0);
        while (cluster.IsSending)
        {
            cluster.OnSent(1250, sent);
            results.Add(new PacketResult(sent, Ms(20 + 5 * results.Count), 1250, 1));
            sent = cluster.NextSend(sent);
        }

        long? found = null;
        foreach (var result in results)
        {
            if (cluster.TryAdd(result, out var rate))
                found = rate;
        }

        ((double)found!.Value).ShouldBe(0.95 * 2_000_000, 20_000);
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
