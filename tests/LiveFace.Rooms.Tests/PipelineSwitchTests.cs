using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

/// <summary>Other sizes, scenes and publishers show no face.</summary>
public sealed class PipelineSwitchTests
{
    private static EncodedClip Clip => EncodedClips.Portrait;

    [Fact]
    public async Task A_switch_of_resolution_shows_no_face()
    {
        var small = new EncodedClip(new PortraitScene(320, 240), 20, firstFrame: 40);
        var large = new EncodedClip(new PortraitScene(960, 540), 20, firstFrame: 80);
        using var rig = await PipelineRig.StartAsync();
        foreach (var clip in (EncodedClip[])[Clip, small, large, small])
            for (var i = 0; i < 10; i++)
                PipelineRig.FaceIn(await rig.PassAsync(clip, i), clip, i).ShouldBeLessThan(Likeness.Shown, $"{clip.Scene.Width} wide, frame {i}");
    }

    [Fact]
    public async Task A_switch_of_resolution_while_the_detector_is_stuck_covers_the_picture_at_once()
    {
        var small = new EncodedClip(new PortraitScene(320, 240), 3);
        using var rig = await PipelineRig.StartAsync(patient: false);
        await PipelineSteps.SettleAsync(rig, 6);
        rig.Faces.Fault = Fault.Stuck;
        await rig.PassAsync(Clip, 6);
        var covered = rig.Pipeline.Meter.Covered;
        for (var i = 0; i < 3; i++)
            PipelineRig.FaceIn(await rig.PassAsync(small, i), small, i).ShouldBeLessThan(Likeness.Shown);
        (rig.Pipeline.Meter.Covered - covered).ShouldBe(3);
    }

    [Fact]
    public async Task A_publisher_that_comes_back_replaces_the_old_one_and_timestamps_go_on()
    {
        using var rig = await PipelineRig.StartAsync();
        SeenPicture last = null!;
        for (var i = 0; i < 5; i++)
            last = await rig.PassAsync(Clip, i);
        var old = rig.Source;
        rig.Reconnect();
        rig.Pipeline.Receive(
            new ReceivedVideoFrame
            {
                Mid = "0", Codec = RtcCodec.Vp8, Payload = Clip.Payload(0), RtpTimestamp = 1, ArrivalTime = rig.Pipeline.Now, IsKeyFrame = true,
            }, old);
        var again = new EncodedClip(new PortraitScene(), 10, firstFrame: 200);
        for (var i = 0; i < again.Count; i++)
        {
            var seen = await rig.PassAsync(again, i);
            PipelineRig.FaceIn(seen, again, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
            unchecked((int)(seen.Timestamp - last.Timestamp)).ShouldBeInRange(1, 90_000);
            last = seen;
        }

        rig.Pipeline.Meter.Shown.ShouldBe(15);
    }

    [Fact]
    public async Task A_cut_to_another_scene_shows_no_face()
    {
        var other = new EncodedClip(new PortraitScene(), 12, firstFrame: 52);
        using var rig = await PipelineRig.StartAsync();
        await PipelineSteps.SettleAsync(rig, 10);
        for (var i = 0; i < other.Count; i++)
            PipelineRig.FaceIn(await rig.PassAsync(other, i), other, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
    }
}
