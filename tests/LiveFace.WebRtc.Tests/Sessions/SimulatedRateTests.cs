using LiveFace.WebRtc.Negotiation;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>Paths that are too narrow, on a simulated network.</summary>
public sealed class SimulatedRateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Under_a_cap_the_target_settles_without_a_standing_queue_and_recovers_when_it_lifts(int seed)
    {
        var call = new SimulatedCall(seed) { EncoderMax = 2_500_000 };
        call.SetBoth(c => c.Delay = Ms(25));
        call.Forward.Conditions.Bandwidth = 500_000;
        call.Start();
        call.Run(TimeSpan.FromSeconds(10));

        var delays = new List<double>();
        var targets = new List<long>();
        call.Run(TimeSpan.FromSeconds(20), () =>
        {
            delays.Add(call.Forward.QueueDelay.TotalMilliseconds);
            targets.Add(call.Left.Session.TargetBitrate);
        });
        targets.Average().ShouldBeInRange(250_000, 500_000);
        delays.Average().ShouldBeLessThan(100);
        delays.Order().ElementAt(delays.Count * 95 / 100).ShouldBeLessThan(200);

        call.Forward.Conditions.Bandwidth = 0;
        var lifted = call.Now;
        TimeSpan? recovered = null;
        call.Run(TimeSpan.FromSeconds(10), () =>
        {
            if (call.Left.Session.TargetBitrate >= 2_000_000)
                recovered ??= call.Now - lifted;
        });
        recovered.ShouldNotBeNull();
        recovered.Value.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(800_000, 100, 0.0)]
    [InlineData(1_000_000, 25, 0.05)]
    [InlineData(300_000, 25, 0.0)]
    public void On_a_path_narrower_than_the_start_the_picture_is_in_time_within_three_seconds(
        long bandwidth, int delay, double loss)
    {
        var call = new SimulatedCall(3) { EncoderMax = 2_500_000 };
        call.SetBoth(c => (c.Delay, c.Loss) = (Ms(delay), loss));
        call.Forward.Conditions.Bandwidth = bandwidth;
        call.Start();
        call.Run(TimeSpan.FromSeconds(3));
        var seen = call.Right.Frames.Count;
        var delays = new List<double>();
        call.Run(TimeSpan.FromSeconds(20), () => delays.Add(call.Forward.QueueDelay.TotalMilliseconds));

        ((call.Right.Frames.Count - seen) / 20.0).ShouldBeGreaterThanOrEqualTo(25);
        delays.Order().ElementAt(delays.Count * 95 / 100).ShouldBeLessThan(200);
    }

    [Fact]
    public void Peers_that_only_know_REMB_settle_under_a_cap_too()
    {
        const RtcpFeedback Feedback = RtcpFeedback.Nack | RtcpFeedback.PictureLoss | RtcpFeedback.Remb;
        var extensions = TestMedia.AllExtensions with { TransportSequence = 0 };
        var call = new SimulatedCall(
            4, TestMedia.Video(1000, feedback: Feedback, extensions: extensions),
            TestMedia.Video(2000, feedback: Feedback, extensions: extensions), audioFeedback: RtcpFeedback.None)
        {
            EncoderMax = 2_500_000,
        };
        call.SetBoth(c => c.Delay = Ms(25));
        call.Forward.Conditions.Bandwidth = 500_000;
        call.Start();
        call.Run(TimeSpan.FromSeconds(8));
        var delays = new List<double>();
        var targets = new List<long>();
        call.Run(TimeSpan.FromSeconds(20), () =>
        {
            delays.Add(call.Forward.QueueDelay.TotalMilliseconds);
            targets.Add(call.Left.Session.TargetBitrate);
        });

        targets.Average().ShouldBeInRange(200_000, 500_000);
        delays.Order().ElementAt(delays.Count * 9 / 10).ShouldBeLessThan(200);
    }

    [Fact]
    public void A_path_that_narrows_in_mid_call_is_cleared_within_three_seconds()
    {
        var call = new SimulatedCall(3) { EncoderMax = 2_500_000 };
        call.SetBoth(c => c.Delay = Ms(25));
        call.Start();
        call.Run(TimeSpan.FromSeconds(5));
        call.Forward.Conditions.Bandwidth = 400_000;
        call.Run(TimeSpan.FromSeconds(3));
        var seen = call.Right.Frames.Count;
        call.Run(TimeSpan.FromSeconds(10));

        ((call.Right.Frames.Count - seen) / 10.0).ShouldBeGreaterThanOrEqualTo(28);
        call.Left.Session.TargetBitrate.ShouldBeInRange(200_000, 420_000);
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
