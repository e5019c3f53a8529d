using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

/// <summary>Whatever breaks, no picture with a raw face goes out, and pictures go on.</summary>
public sealed class PipelineFaultTests
{
    private static readonly Lazy<EncodedClip> Clip = new(() => new EncodedClip(new PortraitScene(), 60));

    [Theory]
    [InlineData("Stuck")]
    [InlineData("Throwing")]
    [InlineData("NotANumber")]
    [InlineData("Everywhere")]
    public async Task A_detector_that_breaks_leaves_no_raw_face_and_in_the_end_a_covered_picture(string fault)
    {
        using var rig = await PipelineRig.StartAsync(patient: fault != "Stuck");
        await SettleAsync(rig, 8);
        var before = rig.Pipeline.Meter.Covered;
        rig.Faces.Fault = Enum.Parse<Fault>(fault);
        for (var i = 8; i < 40; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");

        // The maximum age is over after 12 of these 32 frames: the others are covered.
        (rig.Pipeline.Meter.Covered - before).ShouldBeGreaterThanOrEqualTo(18);
        rig.Pipeline.Meter.Shown.ShouldBeGreaterThanOrEqualTo(40);
    }

    [Fact]
    public async Task A_detector_that_recovers_shows_the_picture_again()
    {
        using var rig = await PipelineRig.StartAsync();
        await SettleAsync(rig, 4);
        rig.Faces.Fault = Fault.Throwing;
        for (var i = 4; i < 30; i++)
            await rig.PassAsync(Clip.Value, i);
        rig.Faces.Fault = Fault.None;
        await rig.PassAsync(Clip.Value, 30);
        var covered = rig.Pipeline.Meter.Covered;
        PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, 31), Clip.Value, 31).ShouldBeLessThan(Likeness.Shown);
        rig.Pipeline.Meter.Covered.ShouldBe(covered);
    }

    [Fact]
    public async Task A_detector_ten_times_slower_than_the_pictures_holds_up_none_of_them_and_shows_no_face()
    {
        using var rig = await PipelineRig.StartAsync(patient: false);
        await SettleAsync(rig, 8);
        rig.Faces.Fault = Fault.Slow;
        for (var i = 8; i < 60; i++)
        {
            if (i % 10 == 0)
                rig.Faces.LetOneThrough();
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
        }

        rig.Pipeline.Meter.Shown.ShouldBeGreaterThanOrEqualTo(60);
        rig.Pipeline.Meter.Drops(PipelineDrop.DetectorBusy).ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task A_missing_model_covers_every_picture()
    {
        using var rig = await PipelineRig.StartAsync();
        rig.Shelf = ShelfState.Missing;
        for (var i = 0; i < 10; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeLessThan(Likeness.Shown);
        rig.Pipeline.Meter.Covered.ShouldBe(10);
    }

    [Fact]
    public async Task A_lost_decoder_shows_a_card_at_once_and_the_picture_with_the_next_keyframe()
    {
        var codecs = new LosingCodecs();
        using var rig = await PipelineRig.StartAsync(codecs: codecs);
        await SettleAsync(rig, 8);
        var asked = rig.KeyFramesAsked;
        codecs.LosesNext = true;
        var card = await rig.PassAsync(Clip.Value, 8);
        PipelineRig.FaceIn(card, Clip.Value, 8).ShouldBeLessThan(Likeness.Shown);
        PipelineRig.Unchanged(card, Clip.Value, 8).ShouldBeLessThan(0.2);
        rig.KeyFramesAsked.ShouldBe(asked + 1);
        rig.Pipeline.Meter.Drops(PipelineDrop.DecoderLost).ShouldBe(1);

        // Nothing but the card is seen until the publisher has sent a keyframe; the clip begins with one.
        var shown = rig.Pipeline.Meter.Shown;
        rig.Send(Clip.Value, 9);
        PipelineRig.Unchanged(await rig.PassAsync(Clip.Value, 0), Clip.Value, 0).ShouldBeGreaterThan(0.4);
        rig.Pipeline.Meter.Shown.ShouldBe(shown + 1);
    }

    [Fact]
    public async Task Garbage_is_counted_asks_for_a_keyframe_and_the_room_goes_on()
    {
        using var rig = await PipelineRig.StartAsync();
        await rig.PassAsync(Clip.Value, 0);
        var random = new Random(3);
        for (var i = 0; i < 50; i++)
        {
            var garbage = new byte[random.Next(1, 3000)];
            random.NextBytes(garbage);
            garbage[0] |= 1;
            rig.Send(garbage);
            await Eventually.IsAsync(() => rig.KeyFramesAsked > i || !rig.Watcher.HasNone);
            while (!rig.Watcher.HasNone)
                await rig.Watcher.NextAsync();
        }

        rig.KeyFramesAsked.ShouldBeGreaterThan(0);
        var again = new EncodedClip(new PortraitScene(), 5);
        for (var i = 0; i < again.Count; i++)
            PipelineRig.FaceIn(await rig.PassAsync(again, i), again, i).ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task A_switch_of_resolution_shows_no_face()
    {
        var small = new EncodedClip(new PortraitScene(320, 240), 20, firstFrame: 40);
        var large = new EncodedClip(new PortraitScene(960, 540), 20, firstFrame: 80);
        using var rig = await PipelineRig.StartAsync();
        foreach (var clip in (EncodedClip[])[Clip.Value, small, large, small])
            for (var i = 0; i < 10; i++)
                PipelineRig.FaceIn(await rig.PassAsync(clip, i), clip, i).ShouldBeLessThan(Likeness.Shown, $"{clip.Scene.Width} wide, frame {i}");
    }

    [Fact]
    public async Task A_switch_of_resolution_while_the_detector_is_stuck_covers_the_picture_at_once()
    {
        var small = new EncodedClip(new PortraitScene(320, 240), 3);
        using var rig = await PipelineRig.StartAsync(patient: false);
        await SettleAsync(rig, 6);
        rig.Faces.Fault = Fault.Stuck;
        await rig.PassAsync(Clip.Value, 6);
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
            last = await rig.PassAsync(Clip.Value, i);
        var old = rig.Source;
        rig.Reconnect();
        rig.Pipeline.Receive(
            new ReceivedVideoFrame
            {
                Mid = "0", Codec = RtcCodec.Vp8, Payload = Clip.Value.Payload(0), RtpTimestamp = 1, ArrivalTime = rig.Pipeline.Now, IsKeyFrame = true,
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
        await SettleAsync(rig, 10);
        for (var i = 0; i < other.Count; i++)
            PipelineRig.FaceIn(await rig.PassAsync(other, i), other, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
    }

    [Fact]
    public async Task A_strict_room_covers_every_frame_that_the_detector_did_not_see()
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.BlurFaces with { Strict = true });
        await SettleAsync(rig, 4);
        rig.Pipeline.Meter.Covered.ShouldBe(0);
        rig.Faces.Fault = Fault.Throwing;
        for (var i = 4; i < 8; i++)
            await rig.PassAsync(Clip.Value, i);
        rig.Pipeline.Meter.Covered.ShouldBe(4);
    }

    private static async Task SettleAsync(PipelineRig rig, int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");

            // Where frames do not wait, the first ones are covered until an answer has come.
            var looks = i + 1;
            await Eventually.IsAsync(() => rig.Pipeline.Vision.Looks.Count > 0 && rig.Pipeline.Vision.Looks[0].Eye is { IsAnswered: true } or { IsIdle: true });
        }
    }
}
