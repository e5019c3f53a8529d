using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>The parts of a pipeline that decide by time and numbers alone.</summary>
public sealed class PipelinePartsTests
{
    private static readonly PipelineOptions Options = new();

    [Fact]
    public void Load_takes_looks_away_first_and_gives_them_back_after_a_calm()
    {
        var watch = new LoadWatch();
        var now = TimeSpan.Zero;
        void Run(int frames, double busyPart)
        {
            for (var i = 0; i < frames; i++)
            {
                now += TimeSpan.FromMilliseconds(33);
                watch.Worked(now, TimeSpan.FromMilliseconds(33 * busyPart));
            }
        }

        Run(30, 0.3);
        watch.Level.Level.ShouldBe(0);
        Run(400, 0.95);
        watch.Level.Level.ShouldBe(LoadLevel.Most);
        Run(60, 0.3);
        watch.Level.Level.ShouldBe(LoadLevel.Most, "three calm seconds come first");
        Run(1500, 0.3);
        watch.Level.Level.ShouldBe(0);
    }

    [Fact]
    public void Under_the_heaviest_load_late_looks_leave_frames_out_but_none_under_a_strict_policy()
    {
        var most = new LoadLevel(LoadLevel.Most);
        var usual = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);
        var strict = PolicySnapshot.Create(1, PolicyPresets.BlurFaces with { Strict = true });
        Enumerable.Range(0, 30).Count(i => most.Looks(i, usual)).ShouldBe(10);
        Enumerable.Range(0, 30).Count(i => most.Looks(i, strict)).ShouldBe(30);
        most.Budget(TimeSpan.FromMilliseconds(8)).ShouldBe(TimeSpan.FromMilliseconds(2));
        new LoadLevel(0).Budget(TimeSpan.FromMilliseconds(8)).ShouldBe(TimeSpan.FromMilliseconds(8));
    }

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
    public void Keyframe_wishes_are_granted_at_once_and_then_one_for_each_interval()
    {
        var gate = new KeyFrameGate(TimeSpan.FromMilliseconds(250));
        gate.TryTake(TimeSpan.Zero).ShouldBeFalse();
        gate.Wish();
        gate.TryTake(TimeSpan.FromMilliseconds(1)).ShouldBeTrue();
        gate.Wish();
        gate.TryTake(TimeSpan.FromMilliseconds(100)).ShouldBeFalse();
        gate.TryTake(TimeSpan.FromMilliseconds(260)).ShouldBeTrue();
        gate.TryTake(TimeSpan.FromMilliseconds(600)).ShouldBeFalse();
    }

    [Fact]
    public void Timestamps_keep_the_publishers_rhythm_and_go_on_over_wraps_and_publishers()
    {
        var clock = new OutputClock();
        var first = clock.Map(uint.MaxValue - 1000, 1, TimeSpan.Zero);
        unchecked(clock.Map(2000, 1, TimeSpan.FromMilliseconds(33)) - first).ShouldBe(3001u);
        var next = clock.Map(77, 2, TimeSpan.FromMilliseconds(1033));
        unchecked(next - first).ShouldBe(3001u + 90_000u);
        unchecked(clock.Map(3077, 2, TimeSpan.FromMilliseconds(1066)) - next).ShouldBe(3000u);
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

    [Fact]
    public void An_inlet_that_is_full_lets_everything_go_until_the_next_keyframe()
    {
        var inlet = new EncodedInlet(capacity: 2);
        Put(inlet, isKeyFrame: true).ShouldBeNull();
        Put(inlet, isKeyFrame: false).ShouldBeNull();
        Put(inlet, isKeyFrame: false).ShouldBe(PipelineDrop.DecodeQueueFull);
        inlet.TryTake(out var taken).ShouldBeTrue();
        taken.IsKeyFrame.ShouldBeTrue();
        inlet.Return(taken);
        Put(inlet, isKeyFrame: false).ShouldBe(PipelineDrop.WaitingForKeyFrame);
        Put(inlet, isKeyFrame: true).ShouldBeNull();
        inlet.TryTake(out taken).ShouldBeTrue();
        inlet.Return(taken);
        Put(inlet, isKeyFrame: false).ShouldBeNull();
    }

    private static int Rate(params long[] targets) => FanOutRate.Choose(targets, [.. targets.Select(_ => 1)], 640, 480, 30, Options);

    private static PipelineDrop? Put(EncodedInlet inlet, bool isKeyFrame)
    {
        if (inlet.Rent(isKeyFrame, out var reason) is not { } frame)
            return reason;
        frame.Set([1, 2, 3], Media.Codecs.VideoCodec.Vp8, default, 0, isKeyFrame, 1);
        inlet.Add(frame);
        return null;
    }
}
