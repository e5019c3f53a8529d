using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>The parts of a pipeline that decide by time and numbers alone.</summary>
public sealed class PipelinePartsTests
{
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

    private static PipelineDrop? Put(EncodedInlet inlet, bool isKeyFrame)
    {
        if (inlet.Rent(isKeyFrame, out var reason) is not { } frame)
            return reason;
        frame.Set([1, 2, 3], Media.Codecs.VideoCodec.Vp8, default, 0, isKeyFrame, 1);
        inlet.Add(frame);
        return null;
    }
}
