using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>Pictures that wait in the look-ahead while the publisher or the policy changes.</summary>
public sealed class PipelinePublisherTests
{
    private const int Held = 3;
    private static readonly Lazy<EncodedClip> Clip = new(() => new EncodedClip(new PortraitScene(), 20));
    private static readonly RedactionPolicy Patient = PolicyPresets.BlurFaces with { LookAheadFrames = Held };

    [Fact]
    public async Task Pictures_that_wait_are_let_go_when_somebody_else_takes_over()
    {
        using var rig = await StartHoldingAsync();
        rig.Replace(PolicyPresets.OverlayBoxes);
        var seen = await rig.PassAsync(Clip.Value, 0);
        PipelineRig.FaceIn(seen, Clip.Value, 0).ShouldBeGreaterThan(Likeness.Shown);
        rig.Watcher.HasNone.ShouldBeTrue();
        rig.Pipeline.Meter.Drops(PipelineDrop.PublisherGone).ShouldBe(Held);
        rig.Pipeline.Meter.Shown.ShouldBe(1);
    }

    [Fact]
    public async Task Pictures_that_wait_are_let_go_as_soon_as_their_publisher_leaves()
    {
        using var rig = await StartHoldingAsync();
        rig.Leave();
        await Eventually.IsAsync(() => rig.Pipeline.Meter.Drops(PipelineDrop.PublisherGone) == Held);
        rig.Watcher.HasNone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_picture_that_waits_stays_hidden_as_it_was_captured_when_the_policy_is_loosened()
    {
        using var rig = await StartHoldingAsync();
        rig.Policies.TryReplace(PolicyPresets.OverlayBoxes, out _).ShouldBeTrue();
        rig.Send(Clip.Value, Held);
        for (var i = 0; i < Held; i++)
            PipelineRig.FaceIn(await rig.Watcher.NextAsync(), Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
        PipelineRig.FaceIn(await rig.Watcher.NextAsync(), Clip.Value, Held).ShouldBeGreaterThan(Likeness.Shown);
    }

    [Fact]
    public async Task A_picture_that_waits_is_hidden_as_the_policy_wants_that_was_tightened_meanwhile()
    {
        using var rig = await StartHoldingAsync(PolicyPresets.OverlayBoxes with { LookAheadFrames = Held });
        rig.Policies.TryReplace(PolicyPresets.BlurFaces, out _).ShouldBeTrue();
        rig.Send(Clip.Value, Held);
        for (var i = 0; i <= Held; i++)
            PipelineRig.FaceIn(await rig.Watcher.NextAsync(), Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
    }

    /// <summary>Sends as many frames as the look-ahead holds back.</summary>
    private static async Task<PipelineRig> StartHoldingAsync(RedactionPolicy? policy = null)
    {
        var rig = await PipelineRig.StartAsync(policy ?? Patient);
        for (var i = 0; i < Held; i++)
        {
            rig.Send(Clip.Value, i);
            await Eventually.IsAsync(() =>
                rig.Pipeline.Meter.Looks.Read(rig.Pipeline.Now + TimeSpan.FromSeconds(1)).PerSecond * 2 >= i + 1);
        }

        rig.Watcher.HasNone.ShouldBeTrue();
        return rig;
    }
}
