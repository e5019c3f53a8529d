using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>More rooms than the machine has processors for, with real codecs and the real model on each.</summary>
public sealed class ManyRoomsTests
{
    private const int Rooms = 6;
    private const int LooksOfEach = 20;
    private const int MostFrames = 3000;
    private const int WithoutLooks = 20;
    private static EncodedClip Clip => EncodedClips.Period;

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

    [Fact]
    public async Task The_more_rooms_share_a_processor_the_less_each_uses_looks_get_smaller_then_pictures_go_and_none_lacks_its_look()
    {
        var runs = new List<(int Rooms, SharedMachineRun Run)>();
        foreach (var rooms in (int[])[1, 2, 4, 6, 8, 10, 12, 16, 24, 32])
        {
            using var machine = new SharedMachine(rooms);
            await machine.RunAsync(TimeSpan.FromSeconds(4));
            runs.Add((rooms, await machine.RunAsync(TimeSpan.FromSeconds(5))));
        }

        foreach (var (fewer, more) in runs.Zip(runs.Skip(1)))
            more.Run.UsedPerFrame.ShouldBeLessThan(1.05 * fewer.Run.UsedPerFrame, $"{fewer} and {more}");

        // Looks are as small as they get while no picture is left out.
        runs.Where(one => one.Run.Superseded == 0).Min(one => one.Run.UsedPerFrame)
            .ShouldBeLessThan(0.95 * runs[0].Run.UsedPerFrame, string.Join('\n', runs));
        runs[^1].Run.Superseded.ShouldBeGreaterThan(0);

        // What moves is hidden in a picture without a look, so none goes out without its own.
        runs.ShouldAllBe(one => Math.Abs(one.Run.Looks - one.Run.Shown) <= 1);
        runs.ShouldAllBe(one => one.Run.Old == 0 && one.Run.Covered == 0);
    }

    private static async Task RunAsync(PipelineRig rig)
    {
        var ages = new LookAges();
        rig.LastShown = (in ShownPicture picture) => ages.Count(picture, rig.Pipeline.Vision.Looks[0].Eye);
        var frame = 0;
        async Task PassAsync()
        {
            var index = frame++ % Clip.Count;
            PipelineRig.FaceIn(await rig.PassAsync(Clip, index), Clip, index).ShouldBeLessThan(Likeness.Shown, $"frame {frame}");
        }

        do
            await PassAsync();
        while (frame < MostFrames && rig.Pipeline.Vision.Looks.Sum(look => look.Eye.Looks) < LooksOfEach);

        // From here on the machine has no time at all for looks.
        rig.Faces.Fault = Fault.Slow;
        for (var i = 0; i < WithoutLooks; i++)
            await PassAsync();

        ages.Old.ShouldBeGreaterThan(0);
        ages.OldAndShown.ShouldBe(0);
        rig.Pipeline.Vision.Looks.ShouldAllBe(look => look.Eye.Looks >= LooksOfEach && look.Eye.Failures == 0);
        rig.Pipeline.Meter.Drops(PipelineDrop.Superseded).ShouldBe(0);
    }
}
