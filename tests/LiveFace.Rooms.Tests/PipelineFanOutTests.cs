using LiveFace.Media.Codecs;

namespace LiveFace.Rooms.Tests;

public sealed class PipelineFanOutTests
{
    private static EncodedClip Clip => EncodedClips.Small;

    [Fact]
    public async Task Ten_watchers_cost_one_encoding_and_another_codec_costs_one_more()
    {
        using var rig = await PipelineRig.StartAsync();
        var watchers = Enumerable.Range(0, 10).Select(_ => new CapturingOutlet()).ToArray();
        using var other = new CapturingOutlet(VideoCodec.H264);
        rig.Pipeline.SetOutlets([.. watchers, other]);
        for (var i = 0; i < 5; i++)
        {
            rig.Send(Clip, i);
            foreach (var watcher in watchers.Append(other))
                PipelineRig.FaceIn(await watcher.NextAsync(), Clip, i).ShouldBeLessThan(Likeness.Shown);
        }

        rig.Pipeline.Meter.Encoded.ShouldBe(10);
        foreach (var watcher in watchers)
            watcher.Dispose();
    }

    [Fact]
    public async Task A_latecomer_gets_a_keyframe_at_once_and_wishes_in_a_row_become_one()
    {
        using var rig = await PipelineRig.StartAsync();
        (await rig.PassAsync(Clip, 0)).IsKeyFrame.ShouldBeTrue();
        for (var i = 1; i < 12; i++)
            (await rig.PassAsync(Clip, i)).IsKeyFrame.ShouldBeFalse();
        using var late = new CapturingOutlet();
        rig.Pipeline.SetOutlets([rig.Watcher, late]);
        rig.Pipeline.WishKeyFrame(VideoCodec.Vp8);
        (await rig.PassAsync(Clip, 12)).IsKeyFrame.ShouldBeTrue();
        (await late.NextAsync()).IsKeyFrame.ShouldBeTrue();
        var keys = 0;
        for (var i = 13; i < 43; i++)
        {
            rig.Pipeline.WishKeyFrame(VideoCodec.Vp8);
            keys += (await rig.PassAsync(Clip, i)).IsKeyFrame ? 1 : 0;
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
            rig.Send(Clip, i);
            var shown = i + 1;
            await Eventually.IsAsync(() => rig.Pipeline.Meter.Shown >= shown);
        }

        rig.Pipeline.Meter.Encoded.ShouldBe(0);
    }

    [Fact]
    public async Task Encoders_are_told_when_pictures_come_at_another_pace_though_the_bitrate_stays()
    {
        var codecs = new RecordingCodecs();
        using var rig = await PipelineRig.StartAsync(codecs: codecs);
        for (var i = 0; i < 20; i++)
            await rig.PassAsync(Clip, i);
        codecs.FramesPerSecond.ShouldBe(1 / PipelineRig.Frame.TotalSeconds, 1);
        rig.Interval = TimeSpan.FromMilliseconds(66);
        for (var i = 20; i < Clip.Count; i++)
            await rig.PassAsync(Clip, i);
        codecs.FramesPerSecond.ShouldBeLessThan(20);
    }
}
