using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Tests.Sending;

public sealed class MediaClockTests
{
    [Fact]
    public void Capture_times_become_ticks_from_a_random_origin()
    {
        var clock = new MediaClock(90_000, 0xFFFF_FFF0);
        clock.Next(null, TimeSpan.Zero).ShouldBe(0xFFFF_FFF0);
        clock.Next(null, TimeSpan.FromMilliseconds(100)).ShouldBe(unchecked(0xFFFF_FFF0 + 9000));
    }

    [Fact]
    public void Years_of_uptime_make_no_difference()
    {
        var clock = new MediaClock(90_000, 0);
        var years = TimeSpan.FromDays(2000);
        var before = clock.Next(null, years);
        clock.Next(null, years + TimeSpan.FromSeconds(1)).ShouldBe(before + 90_000);
        PacketTransmitter.SendTime(years + TimeSpan.FromSeconds(0.5)).ShouldBe(
            PacketTransmitter.SendTime(years) + (1 << 17) & 0xFF_FFFF);
    }

    [Fact]
    public void A_forwarded_stream_keeps_its_rhythm_whatever_its_arrival()
    {
        var clock = new MediaClock(90_000, 5);
        var first = clock.Next(1_000_000, TimeSpan.FromSeconds(1));
        clock.Next(1_003_000, TimeSpan.FromSeconds(1.050)).ShouldBe(first + 3000);
        clock.Next(1_006_000, TimeSpan.FromSeconds(1.061)).ShouldBe(first + 6000);
    }

    [Fact]
    public void A_stream_that_takes_anothers_place_goes_on_in_time()
    {
        var clock = new MediaClock(90_000, 5);
        var first = clock.Next(1_000_000, TimeSpan.FromSeconds(1));
        clock.Next(77, TimeSpan.FromSeconds(2)).ShouldBe(first + 90_000);
    }

    [Fact]
    public void A_sender_report_reads_on_from_the_last_frame()
    {
        var clock = new MediaClock(48_000, 0);
        var last = clock.Next(480, TimeSpan.FromSeconds(3));
        clock.Extrapolate(TimeSpan.FromSeconds(3.5)).ShouldBe(last + 24_000);
    }

    [Fact]
    public void A_kept_timestamp_is_the_same_for_every_receiver_and_reports_go_on_from_it()
    {
        var one = new MediaClock(90_000, origin: 17);
        var other = new MediaClock(90_000, origin: 4_000_000_000);
        foreach (var clock in (MediaClock[])[one, other])
        {
            clock.Keep(123_456, TimeSpan.FromSeconds(2)).ShouldBe(123_456u);
            clock.Extrapolate(TimeSpan.FromSeconds(3)).ShouldBe(123_456u + 90_000);
        }
    }
}
