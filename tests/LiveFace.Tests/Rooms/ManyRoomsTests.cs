using LiveFace.Rooms.Pipeline;

namespace LiveFace.Tests.Rooms;

/// <summary>More rooms than the machine has processors for, with real codecs and the real model on each.</summary>
public sealed class ManyRoomsTests
{
    private const int Rooms = 6;
    private const int LooksOfEach = 20;
    private const int MostFrames = 3000;
    private static readonly Lazy<EncodedClip> Clip = new(() => new EncodedClip(new PortraitScene(), PortraitScene.Period));

    [Fact]
    public async Task Every_room_goes_on_being_looked_at_and_none_shows_a_face()
    {
        var rigs = new List<PipelineRig>();
        for (var i = 0; i < Rooms; i++)
            rigs.Add(await PipelineRig.StartAsync(patient: false));
        try
        {
            // Each room sends its next picture as soon as the last is back, so all of them together want more than there is.
            await Task.WhenAll(rigs.Select(RunAsync));
        }
        finally
        {
            rigs.ForEach(rig => rig.Dispose());
        }
    }

    private static async Task RunAsync(PipelineRig rig)
    {
        var frame = 0;
        do
        {
            var index = frame % Clip.Value.Count;
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, index), Clip.Value, index).ShouldBeLessThan(Likeness.Shown, $"frame {frame}");
        }
        while (++frame < MostFrames && rig.Pipeline.Vision.Looks.Sum(look => look.Eye.Looks) < LooksOfEach);

        rig.Pipeline.Vision.Looks.ShouldAllBe(look => look.Eye.Looks >= LooksOfEach && look.Eye.Failures == 0);
        rig.Pipeline.Meter.Drops(PipelineDrop.Superseded).ShouldBe(0);
    }
}
