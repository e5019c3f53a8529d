using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>How fast watchers are sent to, and how fast pictures come.</summary>
public sealed class PipelineRateTests
{
    private static readonly PipelineOptions Options = new();

    [Fact]
    public void Up_to_three_watchers_the_slowest_sets_the_rate_and_with_more_a_quarter_may_be_slower()
    {
        Rate(800_000, 2_000_000, 3_000_000).ShouldBe(800_000);
        Rate(200_000, 1_500_000, 2_000_000, 1_800_000).ShouldBe(1_500_000);
        Rate(200_000, 300_000, 1_500_000, 1_600_000, 1_700_000, 1_800_000, 1_900_000, 2_000_000).ShouldBe(1_500_000);
    }

    [Fact]
    public void The_rate_stays_within_the_settings_and_within_what_the_picture_can_use()
    {
        Rate(1_000).ShouldBe(Options.MinimumBitrate);
        Rate(50_000_000).ShouldBe((int)(640 * 480 * 30 * 0.25));
        FanOutRate.Choose([50_000_000], [1], 1920, 1080, 30, Options).ShouldBe(Options.MaximumBitrate);
    }

    [Fact]
    public void The_pace_of_pictures_is_right_from_the_first_on_follows_a_change_and_outlives_a_pause()
    {
        var pace = new PicturePace(60);
        var now = TimeSpan.FromSeconds(7);
        void Show(int pictures, double milliseconds)
        {
            for (var i = 0; i < pictures; i++)
            {
                now += TimeSpan.FromMilliseconds(milliseconds);
                pace.Shown(now);
                pace.PerSecond.ShouldBeInRange(9.9, 30.1);
            }
        }

        Show(1, 0);
        Show(30, 1000 / 30.0);
        pace.PerSecond.ShouldBe(30, 0.1);
        Show(200, 100);
        pace.PerSecond.ShouldBe(10, 0.1);
        Show(1, 20_000);
        pace.PerSecond.ShouldBe(10, 0.1);
    }

    [Fact]
    public void Rates_are_read_over_whole_windows()
    {
        var meter = new RateMeter();
        for (var i = 0; i < 90; i++)
            meter.Add(TimeSpan.FromSeconds(i / 30.0), 1000);
        var (perSecond, kbps) = meter.Read(TimeSpan.FromSeconds(3));
        perSecond.ShouldBe(30, 1);
        kbps.ShouldBe(240, 8);
        meter.Read(TimeSpan.FromSeconds(60)).PerSecond.ShouldBe(0);
    }

    [Fact]
    public void Stage_times_are_told_as_median_and_95th_percentile()
    {
        var clock = new StageClock();
        clock.Read().ShouldBe(default);
        for (var i = 1; i <= 100; i++)
            clock.Add(i);
        clock.Read().ShouldBe(new LiveFace.Rooms.Pipeline.Spread(51, 96));
        for (var i = 0; i < 2000; i++)
            clock.Add(7);
        clock.Read().ShouldBe(new LiveFace.Rooms.Pipeline.Spread(7, 7));
    }

    private static int Rate(params long[] targets) => FanOutRate.Choose(targets, [.. targets.Select(_ => 1)], 640, 480, 30, Options);
}
