namespace LiveFace.Rooms.Tests;

/// <summary>Policies by age, and pictures that pass.</summary>
internal static class ReadingSteps
{
    private static EncodedClip Clip => EncodedClips.Period;

    /// <summary>Passes a frame, and waits for the room's thread: what it still did would count as work of the next frame's time.</summary>
    public static async Task<SeenPicture> PassAsync(PipelineRig rig, int frame)
    {
        var seen = await rig.PassAsync(Clip, frame % Clip.Count);
        await Eventually.IsAsync(() => rig.Pipeline.Turns > frame);
        return seen;
    }
}
