using LiveFace.WebRtc.Congestion;

namespace LiveFace.WebRtc.Tests.Congestion;

public sealed class ProbeScheduleTests
{
    private const long Max = 4_000_000;

    private readonly ProbeSchedule _schedule = new(Max);

    [Fact]
    public void The_first_probe_aims_at_three_times_the_start_and_a_success_goes_further_at_once()
    {
        Poll(500_000, 0);
        Probe().ShouldBe(1_500_000);
        _schedule.OnResult(1_400_000, Ms(100));
        Poll(1_400_000, 110);
        Probe().ShouldBe(2_800_000);
        _schedule.OnResult(1_500_000, Ms(200));
        Poll(1_500_000, 210);
        _schedule.Cluster.IsSending.ShouldBeFalse("it did not find what it aimed at");
        Poll(1_500_000, 2700);
        Probe().ShouldBe(3_000_000);
    }

    [Fact]
    public void Nothing_is_probed_at_the_top_nor_just_after_yielding_nor_for_a_source_that_sends_little()
    {
        Poll(500_000, 0);
        Probe();
        Poll(Max, 5000);
        _schedule.Cluster.IsSending.ShouldBeFalse();
        Poll(500_000, 5000, lastDecrease: 4000);
        _schedule.Cluster.IsSending.ShouldBeFalse();
        Poll(500_000, 5000, limited: true);
        _schedule.Cluster.IsSending.ShouldBeFalse();
        Poll(500_000, 5600, lastDecrease: 4000);
        _schedule.Cluster.IsSending.ShouldBeTrue();
    }

    private void Poll(long target, double at, double? lastDecrease = null, bool limited = false) =>
        _schedule.Poll(target, lastDecrease is { } fell ? Ms(fell) : TimeSpan.MinValue, limited, Ms(at));

    private long Probe()
    {
        _schedule.Cluster.IsSending.ShouldBeTrue();
        _schedule.Cluster.Abort();
        return _schedule.Cluster.Rate;
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
