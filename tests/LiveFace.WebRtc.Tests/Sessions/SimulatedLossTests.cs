using LiveFace.WebRtc.Negotiation;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>Lost, late and doubled packets on a simulated network.</summary>
public sealed class SimulatedLossTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void At_five_percent_loss_and_fifty_milliseconds_round_trip_the_picture_keeps_moving(int seed)
    {
        var call = new SimulatedCall(seed);
        call.SetBoth(c => (c.Delay, c.Loss) = (Ms(25), 0.05));
        call.Start();
        call.Run(TimeSpan.FromSeconds(30));

        var frames = call.Right.Frames;
        (frames.Count / 30.0).ShouldBeGreaterThanOrEqualTo(25);
        Gaps.Longest(frames.Select(f => f.At)).ShouldBeLessThan(Ms(500));
        call.Left.Session.TargetBitrate.ShouldBeGreaterThan(500_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void At_one_percent_loss_nothing_is_visible(int seed)
    {
        var call = new SimulatedCall(seed);
        call.SetBoth(c => (c.Delay, c.Loss) = (Ms(25), 0.01));
        call.Start();
        call.Run(TimeSpan.FromSeconds(30));

        var frames = call.Right.Frames;
        frames.Count.ShouldBeGreaterThan(call.FramesSent - 10);
        frames.Select(f => f.Number).ShouldBe(Enumerable.Range(0, frames.Count), "no frame is skipped");
        Gaps.Longest(frames.Select(f => f.At)).ShouldBeLessThan(Ms(250));
    }

    [Fact]
    public void Without_RTX_lost_packets_are_sent_again_as_they_were()
    {
        var call = new SimulatedCall(
            7, TestMedia.Video(1000, rtx: false), TestMedia.Video(2000, rtx: false));
        call.SetBoth(c => (c.Delay, c.Loss) = (Ms(25), 0.03));
        call.Start();
        call.Run(TimeSpan.FromSeconds(20));

        (call.Right.Frames.Count / 20.0).ShouldBeGreaterThanOrEqualTo(25);
        Gaps.Longest(call.Right.Frames.Select(f => f.At)).ShouldBeLessThan(Ms(500));
    }

    [Fact]
    public void Without_NACK_each_loss_leads_to_a_key_frame()
    {
        const RtcpFeedback Feedback = RtcpFeedback.PictureLoss | RtcpFeedback.TransportWide;
        var call = new SimulatedCall(
            7, TestMedia.Video(1000, feedback: Feedback), TestMedia.Video(2000, feedback: Feedback));
        call.SetBoth(c => (c.Delay, c.Loss) = (Ms(25), 0.005));
        call.Start();
        call.Run(TimeSpan.FromSeconds(20));

        var frames = call.Right.Frames;
        frames.Count(f => f.IsKeyFrame).ShouldBeGreaterThan(3);
        for (var i = 1; i < frames.Count; i++)
            (frames[i].Number == frames[i - 1].Number + 1 || frames[i].IsKeyFrame && !frames[i].IsContiguous)
                .ShouldBeTrue($"frame {frames[i].Number} follows {frames[i - 1].Number}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Jitter_reordering_and_duplication_cost_no_frame(int seed)
    {
        var call = new SimulatedCall(seed);
        call.SetBoth(c =>
            (c.Delay, c.Jitter, c.Reordering, c.Duplication) = (Ms(25), Ms(10), 0.05, 0.02));
        call.Start();
        call.Run(TimeSpan.FromSeconds(20));

        var frames = call.Right.Frames;
        frames.Select(f => f.Number).ShouldBe(Enumerable.Range(0, frames.Count));
        frames.Count.ShouldBeGreaterThan(call.FramesSent - 5);
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
