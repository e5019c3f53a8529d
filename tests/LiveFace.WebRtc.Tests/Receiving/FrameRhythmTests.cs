using LiveFace.WebRtc.Receiving;

namespace LiveFace.WebRtc.Tests.Receiving;

public sealed class FrameRhythmTests
{
    private const uint Interval = 3000;

    private readonly FrameRhythm _rhythm = new(90_000);

    [Fact]
    public void The_quickest_frame_is_the_measure()
    {
        var first = uint.MaxValue - Interval; // The timestamps wrap.
        Lateness(first, 50).ShouldBe(0, 0.1);
        Lateness(first + Interval, 40 + 33.333).ShouldBe(0, 0.1);
        Lateness(unchecked(first + (2 * Interval)), 65 + 66.667).ShouldBe(25, 0.2);
        Lateness(unchecked(first + (3 * Interval)), 40 + 100).ShouldBe(0, 0.2);
    }

    [Fact]
    public void A_slow_clock_of_the_sender_does_not_add_up()
    {
        for (var i = 0; i < 30 * 600; i++)
            Lateness((uint)i * Interval, i * 33.3333 * 1.0002).ShouldBeLessThan(1);
    }

    [Fact]
    public void A_source_that_begins_anew_is_in_time()
    {
        Lateness(900_000, 0).ShouldBe(0);
        Lateness(900_000 + Interval, 33).ShouldBeLessThan(1);
        Lateness(0, 66).ShouldBe(0, 0.1);
        Lateness(Interval, 166).ShouldBe(66.7, 0.2);
    }

    private double Lateness(uint timestamp, double ms) =>
        _rhythm.Lateness(timestamp, TimeSpan.FromMilliseconds(ms)).TotalMilliseconds;
}
