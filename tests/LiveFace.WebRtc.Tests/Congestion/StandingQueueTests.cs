using LiveFace.WebRtc.Congestion;

namespace LiveFace.WebRtc.Tests.Congestion;

public sealed class StandingQueueTests
{
    private readonly StandingQueue _queue = new();

    [Fact]
    public void The_wait_is_counted_from_the_least_delay_whatever_the_clocks_say()
    {
        Add(sent: 0, arrived: -5000);
        _queue.Take().ShouldBe(TimeSpan.Zero);
        Add(sent: 100, arrived: -4600);
        Add(sent: 110, arrived: -4690);
        _queue.Take().ShouldBe(Ms(200));
        _queue.Take().ShouldBe(TimeSpan.Zero, "nothing came since");
    }

    [Fact]
    public void A_path_that_has_become_longer_is_believed_after_half_a_minute()
    {
        Add(0, 10);
        _queue.Take();
        for (var at = 100; at < 40_000; at += 100)
        {
            Add(at, at + 300);
            _queue.Take().ShouldBe(at < 30_200 ? Ms(290) : TimeSpan.Zero, $"at {at} ms");
        }
    }

    private void Add(double sent, double arrived) => _queue.Add(new PacketResult(Ms(sent), Ms(arrived), 100, 0));

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
