using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Tests.Sending;

public sealed class PacerTests
{
    [Fact]
    public void Frames_of_usual_size_leave_at_once()
    {
        var pacer = new Pacer(1_000_000);
        for (var frame = 0; frame < 100; frame++)
        {
            var now = TimeSpan.FromSeconds(frame / 30.0);
            // Twice what the target gives a frame.
            for (var packet = 0; packet < 7; packet++)
            {
                pacer.MaySend(now).ShouldBeTrue();
                pacer.OnSent(1200);
            }
        }
    }

    [Fact]
    public void A_frame_much_too_large_is_spread_at_two_and_a_half_times_the_target()
    {
        var pacer = new Pacer(1_000_000);
        var now = TimeSpan.FromSeconds(1);
        var sent = 0;
        while (sent < 100_000)
        {
            while (pacer.MaySend(now) && sent < 100_000)
            {
                pacer.OnSent(1200);
                sent += 1200;
            }

            var next = pacer.NextSend(now);
            next.ShouldBeGreaterThan(now);
            now = next;
        }

        // 100 kB less the 12.5 kB that may leave at once, at 312.5 kB/s.
        (now.TotalSeconds - 1).ShouldBeInRange(0.25, 0.32);
    }

    [Fact]
    public void Much_that_waits_is_sent_up_to_twice_as_fast()
    {
        var pacer = new Pacer(1_000_000);
        pacer.SetWaiting(1_000_000, TimeSpan.Zero);
        pacer.OnSent(12_500 + 62_500);
        pacer.MaySend(TimeSpan.FromMilliseconds(99)).ShouldBeFalse();
        pacer.MaySend(TimeSpan.FromMilliseconds(101)).ShouldBeTrue();
    }
}
