using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Tests.Receiving;

public sealed class SourceClockTests
{
    private static readonly DateTimeOffset PeersOrigin = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly SenderClock _sender = new();

    [Fact]
    public void Nothing_is_known_before_a_report() =>
        new SourceClock(_sender, 90_000).CaptureTime(5).ShouldBeNull();

    [Fact]
    public void Sound_and_picture_captured_together_have_the_same_time_whenever_their_reports_came()
    {
        var video = new SourceClock(_sender, 90_000);
        var audio = new SourceClock(_sender, 48_000);
        // The peer's clock shows 100 s when ours shows 10; reports take 20 and 35 ms.
        Report(video, peerTime: 100, timestamp: 1_000_000, at: 10.020);
        Report(audio, peerTime: 101, timestamp: 5_000_000, at: 11.035);
        // Captured at 102 s of the peer's clock.
        var picture = video.CaptureTime(1_000_000 + 180_000)!.Value;
        var sound = audio.CaptureTime(5_000_000 + 48_000)!.Value;
        (picture - sound).Duration().ShouldBeLessThan(TimeSpan.FromMicroseconds(50));
        // Ours shows 12 then; the quicker report's 20 ms are in it.
        picture.TotalSeconds.ShouldBe(12.020, 0.0015);
    }

    [Fact]
    public void Timestamps_before_the_report_and_across_the_wrap_are_read_too()
    {
        var clock = new SourceClock(_sender, 90_000);
        Report(clock, peerTime: 100, timestamp: 10, at: 10);
        (clock.CaptureTime(10) - clock.CaptureTime(unchecked((uint)(10 - 90_000)))).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_peer_that_sets_its_clock_is_followed()
    {
        var clock = new SourceClock(_sender, 90_000);
        Report(clock, peerTime: 100, timestamp: 0, at: 10);
        Report(clock, peerTime: 50, timestamp: 90_000, at: 11);
        clock.CaptureTime(90_000)!.Value.TotalSeconds.ShouldBe(11, 0.001);
    }

    private static void Report(SourceClock clock, double peerTime, uint timestamp, double at) =>
        clock.OnSenderReport(
            new SenderReport
            {
                Ssrc = 1, Ntp = NtpTime.From(PeersOrigin, TimeSpan.FromSeconds(peerTime)), RtpTimestamp = timestamp,
            },
            TimeSpan.FromSeconds(at));
}
