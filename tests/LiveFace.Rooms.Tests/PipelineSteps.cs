namespace LiveFace.Rooms.Tests;

/// <summary>Steps that tests of the pipeline share.</summary>
internal static class PipelineSteps
{
    private static EncodedClip Clip => EncodedClips.Portrait;

    public static async Task SettleAsync(PipelineRig rig, int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            PipelineRig.FaceIn(await rig.PassAsync(Clip, i), Clip, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");

            // Where frames do not wait, the first ones are covered until an answer has come.
            var looks = i + 1;
            await Eventually.IsAsync(() => rig.Pipeline.Vision.Looks.Count > 0 && rig.Pipeline.Vision.Looks[0].Eye is { IsAnswered: true } or { IsIdle: true });
        }
    }
}
