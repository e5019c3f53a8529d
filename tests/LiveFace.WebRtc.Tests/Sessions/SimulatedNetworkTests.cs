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
        call.Right.Frames.Skip(10).ShouldAllBe(f => f.At - SimulatedTime.CaptureOf(f.Number) == Ms(20));
        call.Right.KeyFrameRequests.ShouldBe(1);
        call.Left.KeyFrameRequests.ShouldBe(1);
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
        (video.Capture!.Value - SimulatedTime.CaptureOf(video.Number)).TotalMilliseconds.ShouldBe(30, 1.5);
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

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
