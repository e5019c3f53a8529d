using LiveFace.Media.Codecs;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

public sealed class PipelineFanOutTests
{
    private static readonly Lazy<EncodedClip> Clip = new(() => new EncodedClip(new PortraitScene(320, 240), 80));

    [Fact]
    public async Task Ten_watchers_cost_one_encoding_and_another_codec_costs_one_more()
    {
        using var rig = await PipelineRig.StartAsync();
        var watchers = Enumerable.Range(0, 10).Select(_ => new CapturingOutlet()).ToArray();
        using var other = new CapturingOutlet(VideoCodec.H264);
        rig.Pipeline.SetOutlets([.. watchers, other]);
        for (var i = 0; i < 5; i++)
        {
            rig.Send(Clip.Value, i);
            foreach (var watcher in watchers.Append(other))
                PipelineRig.FaceIn(await watcher.NextAsync(), Clip.Value, i).ShouldBeLessThan(Likeness.Shown);
        }

        rig.Pipeline.Meter.Encoded.ShouldBe(10);
        foreach (var watcher in watchers)
            watcher.Dispose();
    }

    [Fact]
    public async Task A_latecomer_gets_a_keyframe_at_once_and_wishes_in_a_row_become_one()
    {
        using var rig = await PipelineRig.StartAsync();
        (await rig.PassAsync(Clip.Value, 0)).IsKeyFrame.ShouldBeTrue();
        for (var i = 1; i < 12; i++)
            (await rig.PassAsync(Clip.Value, i)).IsKeyFrame.ShouldBeFalse();
        using var late = new CapturingOutlet();
        rig.Pipeline.SetOutlets([rig.Watcher, late]);
        rig.Pipeline.WishKeyFrame(VideoCodec.Vp8);
        (await rig.PassAsync(Clip.Value, 12)).IsKeyFrame.ShouldBeTrue();
        (await late.NextAsync()).IsKeyFrame.ShouldBeTrue();
        var keys = 0;
        for (var i = 13; i < 43; i++)
        {
            rig.Pipeline.WishKeyFrame(VideoCodec.Vp8);
            keys += (await rig.PassAsync(Clip.Value, i)).IsKeyFrame ? 1 : 0;
        }

        // Thirty wishes in one second, no more than four in a second are granted.
        keys.ShouldBeInRange(1, 4);
    }

    [Fact]
    public async Task Nobody_watching_costs_no_encoding()
    {
        using var rig = await PipelineRig.StartAsync();
        rig.Pipeline.SetOutlets([]);
        for (var i = 0; i < 5; i++)
        {
            rig.Send(Clip.Value, i);
            var shown = i + 1;
            await Eventually.IsAsync(() => rig.Pipeline.Meter.Shown >= shown);
        }

        rig.Pipeline.Meter.Encoded.ShouldBe(0);
    }

    [Fact]
    public async Task Pictures_that_pile_up_are_replaced_by_the_newest_and_counted()
    {
        using var rig = await PipelineRig.StartAsync();
        var origin = (await rig.PassAsync(Clip.Value, 0)).Timestamp;
        using var hold = new SemaphoreSlim(0);
        using var held = new SemaphoreSlim(0);
        rig.Watcher.OnSend = () =>
        {
            held.Release();
            hold.Wait(TestContext.Current.CancellationToken);
        };
        rig.Send(Clip.Value, 1);
        await held.WaitAsync(TestContext.Current.CancellationToken);
        for (var i = 2; i <= 7; i++)
            rig.Send(Clip.Value, i);
        rig.Watcher.OnSend = null;
        hold.Release();
        unchecked((await rig.Watcher.NextAsync()).Timestamp - origin).ShouldBe(1 * PipelineRig.TicksPerFrame);
        unchecked((await rig.Watcher.NextAsync()).Timestamp - origin).ShouldBe(7 * PipelineRig.TicksPerFrame);
        rig.Pipeline.Meter.Drops(PipelineDrop.Superseded).ShouldBe(5);
    }

    [Fact]
    public async Task Encoders_are_told_when_pictures_come_at_another_pace_though_the_bitrate_stays()
    {
        var codecs = new RecordingCodecs();
        using var rig = await PipelineRig.StartAsync(codecs: codecs);
        for (var i = 0; i < 20; i++)
            await rig.PassAsync(Clip.Value, i);
        codecs.FramesPerSecond.ShouldBe(1 / PipelineRig.Frame.TotalSeconds, 1);
        rig.Interval = TimeSpan.FromMilliseconds(66);
        for (var i = 20; i < Clip.Value.Count; i++)
            await rig.PassAsync(Clip.Value, i);
        codecs.FramesPerSecond.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task A_room_that_hangs_does_not_slow_another()
    {
        using var hanging = await PipelineRig.StartAsync();
        using var other = await PipelineRig.StartAsync();
        using var hold = new SemaphoreSlim(0);
        hanging.Watcher.OnSend = () => hold.Wait(TestContext.Current.CancellationToken);
        hanging.Send(Clip.Value, 0);
        for (var i = 1; i < 40; i++)
            hanging.Send(Clip.Value, i);
        for (var i = 0; i < 30; i++)
            await other.PassAsync(Clip.Value, i);
        hanging.Pipeline.Meter.Drops(PipelineDrop.DecodeQueueFull).ShouldBeGreaterThan(0);
        hanging.Pipeline.Meter.Drops(PipelineDrop.WaitingForKeyFrame).ShouldBeGreaterThan(0);
        hanging.Watcher.OnSend = null;
        hold.Release();
    }

    [Fact]
    public async Task The_frame_path_allocates_nothing()
    {
        using var rig = await PipelineRig.StartAsync();
        var quiet = new QuietOutlet(Clip.Value.Count - 41);
        rig.Pipeline.SetOutlets([quiet]);
        for (var i = 0; i < Clip.Value.Count; i++)
        {
            rig.Send(Clip.Value, i);
            var sent = i + 1;
            await Eventually.IsAsync(() => quiet.Sent >= sent);
        }

        // The last forty frames, on the room's own thread, from one send to the next.
        quiet.Sent.ShouldBeGreaterThanOrEqualTo(Clip.Value.Count);
        quiet.Allocated.ShouldBe(0);
    }

    private sealed class QuietOutlet(int begin) : IVideoOutlet
    {
        private volatile int _sent;
        private long _before;
        private long _allocated;

        public int Sent => _sent;

        /// <summary>What the sending thread allocated from that send on to the latest.</summary>
        public long Allocated => Interlocked.Read(ref _allocated);

        public VideoCodec Codec => VideoCodec.Vp8;

        public bool IsReady => true;

        public long TargetBitrate => 1_000_000;

        public SendVerdict Send(in SentPicture sent)
        {
            if (_sent == begin)
                _before = ThreadAllocations.Begin();
            else if (_sent > begin)
                Interlocked.Exchange(ref _allocated, ThreadAllocations.Since(_before));
            _sent++;
            return SendVerdict.Sent;
        }
    }
}
