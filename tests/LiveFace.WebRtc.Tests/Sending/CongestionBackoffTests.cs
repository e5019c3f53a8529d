using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Tests.Sending;

public sealed class CongestionBackoffTests
{
    private readonly CongestionBackoff _backoff = new();

    [Fact]
    public void Nobody_waits_who_kept_up() => _backoff.IsOver(TimeSpan.Zero).ShouldBeTrue();

    [Fact]
    public void Each_fall_soon_after_another_doubles_the_wait_up_to_eight_seconds()
    {
        var now = TimeSpan.FromSeconds(100);
        var waits = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            _backoff.OnDropped(now);
            var fell = now;
            while (!_backoff.IsOver(now))
                now += TimeSpan.FromMilliseconds(100);
            waits.Add((now - fell).TotalSeconds);
            now += TimeSpan.FromSeconds(1);
        }

        waits.ShouldBe([0.5, 1, 2, 4, 8, 8, 8]);
        now += TimeSpan.FromSeconds(30);
        _backoff.OnDropped(now);
        _backoff.IsOver(now + TimeSpan.FromSeconds(0.5)).ShouldBeTrue("a long good time is not forgotten");
    }
}
