using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>Policies take force with the pictures that they were looked at for.</summary>
public sealed class PipelinePolicyTests
{
    private static EncodedClip Clip => EncodedClips.Portrait;

    [Fact]
    public async Task Persons_are_hidden_by_the_real_object_model_and_faces_with_them()
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.HidePersons);
        rig.AddModel("objects", await RealModels.ObjectsAsync());
        for (var i = 0; i < 15; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip, i), Clip, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
        rig.Pipeline.Meter.Covered.ShouldBe(0);
        rig.Pipeline.Vision.Looks.Count.ShouldBe(2);
        rig.Pipeline.Vision.Looks.ShouldAllBe(look => look.Eye.Failures == 0 && look.Eye.Looks > 0);
    }

    [Fact]
    public async Task Until_the_model_is_loaded_the_picture_is_covered_and_then_it_is_shown()
    {
        using var rig = await PipelineRig.StartAsync();
        rig.Shelf = ShelfState.Loading;
        for (var i = 0; i < 5; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip, i), Clip, i).ShouldBeLessThan(Likeness.Shown);
        rig.Pipeline.Meter.Covered.ShouldBe(5);
        rig.Shelf = ShelfState.Ready;
        for (var i = 5; i < 10; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip, i), Clip, i).ShouldBeLessThan(Likeness.Shown);
        rig.Pipeline.Meter.Covered.ShouldBe(5);
    }

    [Fact]
    public async Task A_change_of_policy_takes_effect_on_the_next_picture()
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.OverlayBoxes);
        PipelineRig.FaceIn(await rig.PassAsync(Clip, 0), Clip, 0).ShouldBeGreaterThan(Likeness.Shown);
        rig.Policies.TryReplace(PolicyPresets.BlurFaces, out _).ShouldBeTrue();
        PipelineRig.FaceIn(await rig.PassAsync(Clip, 1), Clip, 1).ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task A_policy_that_needs_another_model_is_covered_until_that_model_has_seen_the_picture()
    {
        using var rig = await PipelineRig.StartAsync();
        await rig.PassAsync(Clip, 0);
        rig.Policies.TryReplace(PolicyPresets.HidePersons, out _).ShouldBeTrue();
        await rig.PassAsync(Clip, 1);
        rig.Pipeline.Meter.Covered.ShouldBe(1);
        using var objects = new FaultyDetector(await RealModels.FacesAsync());
        rig.AddModel("objects", objects);
        await rig.PassAsync(Clip, 2);
        rig.Pipeline.Meter.Covered.ShouldBe(1);
    }

    [Fact]
    public async Task With_look_ahead_a_face_is_hidden_in_the_pictures_before_it_was_found()
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.BlurFaces with { LookAheadFrames = 3 });
        rig.Faces.Fault = Fault.Blind;
        for (var i = 0; i < 8; i++)
        {
            // Found first in frame 5, while 5, 4, 3 and 2 wait.
            rig.Faces.Fault = i < 5 ? Fault.Blind : Fault.None;
            rig.Send(Clip, i);
            if (i < 3)
            {
                await Eventually.IsAsync(() => rig.Pipeline.Meter.Looks.Read(rig.Pipeline.Now + TimeSpan.FromSeconds(1)).PerSecond * 2 >= i + 1);
                continue;
            }

            var shown = i - 3;
            var likeness = PipelineRig.FaceIn(await rig.Watcher.NextAsync(), Clip, shown);
            if (shown < 2)
                likeness.ShouldBeGreaterThan(Likeness.Shown, $"frame {shown}");
            else
                likeness.ShouldBeLessThan(Likeness.Shown, $"frame {shown}");
        }
    }
}
