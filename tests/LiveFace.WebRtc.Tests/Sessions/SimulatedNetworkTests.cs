using LiveFace.WebRtc.Negotiation;

namespace LiveFace.WebRtc.Tests.Sessions;

public sealed class SimulatedNetworkTests
{
    [Theory]
    [InlineData(RtcCodec.Vp8)]
    [InlineData(RtcCodec.Vp9)]
    [InlineData(RtcCodec.H264)]
    public void On_a_good_path_every_frame_arrives_in_order_as_its_last_packet_does(RtcCodec codec)
    {
        var call = new SimulatedCall { Codec = codec };
        call.SetBoth(c => c.Delay = Ms(20));
        call.Start();
        call.Run(TimeSpan.FromSeconds(10));

        call.Right.Frames.Count.ShouldBeGreaterThan(call.FramesSent - 3);
        call.Right.Frames.Select(f => f.Number).ShouldBe(Enumerable.Range(0, call.Right.Frames.Count));
        call.Right.Frames.ShouldAllBe(f => f.IsContiguous);
        // The first is a key frame, which is paced; every other one leaves in one go and takes the way's 20 ms.
        call.Right.Frames.Skip(10).ShouldAllBe(f => f.At - CaptureOf(f.Number) == Ms(20));
        call.Right.KeyFrameRequests.ShouldBe(1);
        call.Left.KeyFrameRequests.ShouldBe(1);
    }

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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Frames_held_back_for_as_long_as_is_asked_are_shown_evenly_through_loss(int seed)
    {
        var call = new SimulatedCall(seed);
        var asked = TimeSpan.Zero;
        var changes = new List<TimeSpan>();
        call.Left.Sniff = (packet, rtcp) =>
        {
            if (rtcp || SessionOwner.PlayoutDelay(packet) is not { } delay)
                return;
            delay.Least.ShouldBe(delay.Most);
            if (delay.Least != asked)
                changes.Add(asked = delay.Least);
        };
        call.SetBoth(c => c.Delay = Ms(25));
        call.Start();
        call.Run(TimeSpan.FromSeconds(10));
        changes.ShouldBeEmpty("nothing is held back where nothing is lost");

        call.SetBoth(c => c.Loss = 0.05);
        call.Run(TimeSpan.FromSeconds(5));
        var (seen, before) = (call.Right.Frames.Count, call.FramesSent);
        call.Run(TimeSpan.FromSeconds(30));
        var inTime = call.Right.Frames.Skip(seen).Count(f => f.At - CaptureOf(f.Number) <= Ms(25) + asked);
        ((double)inTime / (call.FramesSent - before)).ShouldBeGreaterThan(0.95);
        asked.ShouldBeInRange(Ms(60), Ms(250));
        changes.Count.ShouldBeLessThan(15);

        call.SetBoth(c => c.Loss = 0);
        call.Run(TimeSpan.FromSeconds(8));
        asked.ShouldBe(TimeSpan.Zero);
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

    [Fact]
    public void A_second_without_any_packet_is_followed_by_a_fresh_picture()
    {
        var call = new SimulatedCall();
        call.SetBoth(c => c.Delay = Ms(25));
        call.Start();
        call.Run(TimeSpan.FromSeconds(3));
        call.SetBoth(c => c.Loss = 1);
        call.Run(TimeSpan.FromSeconds(1));
        call.SetBoth(c => c.Loss = 0);
        var back = call.Now;
        call.Run(TimeSpan.FromSeconds(3));

        call.Right.Frames.First(f => f.At > back).At.ShouldBeLessThan(back + Ms(600));
        call.Right.Frames.Count(f => f.At > back + Ms(600)).ShouldBeGreaterThan(65);
    }

    [Fact]
    public void Sound_and_picture_share_one_clock_through_sender_reports()
    {
        var call = new SimulatedCall { SendsAudio = true };
        call.SetBoth(c => c.Delay = Ms(30));
        call.Start();
        call.Run(TimeSpan.FromSeconds(5));

        var video = call.Right.Frames[^1];
        var audio = call.Right.Audio[^1];
        // Read on our clock as if the way took no time: both are late by the same 30 ms.
        (video.Capture!.Value - CaptureOf(video.Number)).TotalMilliseconds.ShouldBe(30, 1.5);
        (audio.Capture!.Value - (audio.At - Ms(30))).TotalMilliseconds.ShouldBe(30, 1.5);
    }

    [Fact]
    public void A_quarter_of_an_hour_with_every_number_wrapping_is_like_its_first_minute()
    {
        var call = new SimulatedCall(5, options: options => options with { Random = new LateStart() }) { SendsAudio = true };
        call.SetBoth(c => (c.Delay, c.Loss, c.Jitter) = (Ms(20), 0.01, Ms(4)));
        call.Start();
        call.Run(TimeSpan.FromSeconds(60));
        var held = call.Left.Session.BuffersLent;
        call.Run(TimeSpan.FromMinutes(14));

        call.Right.Frames.Count.ShouldBeGreaterThan(call.FramesSent * 99 / 100);
        Gaps.Longest(call.Right.Frames.Select(f => f.At)).ShouldBeLessThan(Ms(500));
        call.Left.Session.GetStatistics(call.Now).Outbound[0].PacketsSent.ShouldBeGreaterThan(0x1_0000);
        call.Left.Session.BuffersLent.ShouldBeLessThan(held * 2);
        call.Right.Session.BuffersLent.ShouldBeLessThan(100);
    }

    private static TimeSpan CaptureOf(int number)
    {
        var at = TimeSpan.Zero;
        for (var i = 0; i < number; i++)
            at += TimeSpan.FromSeconds(1.0 / 30);
        return at;
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
