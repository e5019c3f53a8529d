using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>Detectors that break, are slow or missing leave no face.</summary>
public sealed class PipelineDetectorFaultTests
{
    private static EncodedClip Clip => EncodedClips.Portrait;

    [Theory]
    [InlineData("Stuck")]
    [InlineData("Throwing")]
    [InlineData("NotANumber")]
    [InlineData("Everywhere")]
    public async Task A_detector_that_breaks_leaves_no_raw_face_and_in_the_end_a_covered_picture(string fault)
    {
        using var rig = await PipelineRig.StartAsync(patient: fault != "Stuck");
        await PipelineSteps.SettleAsync(rig, 8);
        var before = rig.Pipeline.Meter.Covered;
        rig.Faces.Fault = Enum.Parse<Fault>(fault);
        for (var i = 8; i < 40; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip, i), Clip, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");

        // The maximum age is over after 12 of these 32 frames: the others are covered.
        (rig.Pipeline.Meter.Covered - before).ShouldBeGreaterThanOrEqualTo(18);
        rig.Pipeline.Meter.Shown.ShouldBeGreaterThanOrEqualTo(40);
    }

    [Fact]
    public async Task A_detector_that_recovers_shows_the_picture_again()
    {
        using var rig = await PipelineRig.StartAsync();
        await PipelineSteps.SettleAsync(rig, 4);
        rig.Faces.Fault = Fault.Throwing;
        for (var i = 4; i < 30; i++)
            await rig.PassAsync(Clip, i);
        rig.Faces.Fault = Fault.None;
        await rig.PassAsync(Clip, 30);
        var covered = rig.Pipeline.Meter.Covered;
        PipelineRig.FaceIn(await rig.PassAsync(Clip, 31), Clip, 31).ShouldBeLessThan(Likeness.Shown);
        rig.Pipeline.Meter.Covered.ShouldBe(covered);
    }

    [Fact]
    public async Task A_detector_ten_times_slower_than_the_pictures_holds_up_none_of_them_and_shows_no_face()
    {
        using var rig = await PipelineRig.StartAsync(patient: false);
        await PipelineSteps.SettleAsync(rig, 8);
        rig.Faces.Fault = Fault.Slow;
        for (var i = 8; i < 60; i++)
        {
            if (i % 10 == 0)
                rig.Faces.LetOneThrough();
            PipelineRig.FaceIn(await rig.PassAsync(Clip, i), Clip, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
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
            PipelineRig.FaceIn(await rig.PassAsync(Clip, i), Clip, i).ShouldBeLessThan(Likeness.Shown);
        rig.Pipeline.Meter.Covered.ShouldBe(10);
    }

    [Fact]
    public async Task A_strict_room_covers_every_frame_that_the_detector_did_not_see()
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.BlurFaces with { Strict = true });
        await PipelineSteps.SettleAsync(rig, 4);
        rig.Pipeline.Meter.Covered.ShouldBe(0);
        rig.Faces.Fault = Fault.Throwing;
        for (var i = 4; i < 8; i++)
            await rig.PassAsync(Clip, i);
        rig.Pipeline.Meter.Covered.ShouldBe(4);
    }
}
