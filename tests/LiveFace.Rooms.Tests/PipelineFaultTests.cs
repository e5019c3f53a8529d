using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>Whatever breaks, no picture with a raw face goes out, and pictures go on.</summary>
public sealed class PipelineFaultTests
{
    private static EncodedClip Clip => EncodedClips.Portrait;

    [Fact]
    public async Task A_lost_decoder_shows_a_card_at_once_and_the_picture_with_the_next_keyframe()
    {
        var codecs = new LosingCodecs();
        using var rig = await PipelineRig.StartAsync(codecs: codecs);
        await PipelineSteps.SettleAsync(rig, 8);
        var asked = rig.KeyFramesAsked;
        codecs.LosesNext = true;
        var card = await rig.PassAsync(Clip, 8);
        PipelineRig.FaceIn(card, Clip, 8).ShouldBeLessThan(Likeness.Shown);
        PipelineRig.Unchanged(card, Clip, 8).ShouldBeLessThan(0.2);
        rig.KeyFramesAsked.ShouldBe(asked + 1);
        rig.Pipeline.Meter.Drops(PipelineDrop.DecoderLost).ShouldBe(1);

        // Nothing but the card is seen until the publisher has sent a keyframe; the clip begins with one.
        var shown = rig.Pipeline.Meter.Shown;
        rig.Send(Clip, 9);
        PipelineRig.Unchanged(await rig.PassAsync(Clip, 0), Clip, 0).ShouldBeGreaterThan(0.4);
        rig.Pipeline.Meter.Shown.ShouldBe(shown + 1);
    }

    [Fact]
    public async Task Garbage_is_counted_asks_for_a_keyframe_and_the_room_goes_on()
    {
        using var rig = await PipelineRig.StartAsync();
        await rig.PassAsync(Clip, 0);
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
}
