using LiveFace.WebRtc.Congestion;

namespace LiveFace.WebRtc.Tests.Congestion;

public sealed class SentPacketsTests
{
    private readonly SentPackets _sent = new();

    [Fact]
    public void Each_packet_is_acknowledged_once_across_the_wrap()
    {
        for (var i = 0; i < 70_000; i++)
        {
            var sequence = _sent.NextSequence;
            _sent.Add(100 + i % 7, 0, TimeSpan.FromMilliseconds(i));
            _sent.TryTake(sequence, out var at, out var size, out _, out _).ShouldBeTrue();
            (at, size).ShouldBe((TimeSpan.FromMilliseconds(i), 100 + i % 7));
            _sent.TryTake(sequence, out _, out _, out _, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_packet_that_was_missing_and_came_late_says_so()
    {
        _sent.Add(100, 0, TimeSpan.Zero);
        _sent.TryMarkMissing(0).ShouldBeTrue();
        _sent.TryMarkMissing(0).ShouldBeFalse("it is lost once");
        _sent.TryTake(0, out _, out _, out _, out var wasMissing).ShouldBeTrue();
        wasMissing.ShouldBeTrue();
    }

    [Fact]
    public void What_was_never_sent_or_is_long_forgotten_is_not_believed()
    {
        _sent.TryTake(5, out _, out _, out _, out _).ShouldBeFalse();
        for (var i = 0; i < 5000; i++)
            _sent.Add(100, 0, TimeSpan.Zero);
        _sent.TryTake(0, out _, out _, out _, out _).ShouldBeFalse();
        _sent.TryTake(5000, out _, out _, out _, out _).ShouldBeFalse();
        _sent.TryTake(4999, out _, out _, out _, out _).ShouldBeTrue();
    }
}
