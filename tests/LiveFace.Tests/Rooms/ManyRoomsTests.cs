using LiveFace.Rooms.Pipeline;

namespace LiveFace.Tests.Rooms;

/// <summary>More rooms than the machine has processors for, with real codecs and the real model on each.</summary>
public sealed class ManyRoomsTests
{
    private const int Rooms = 6;
    private const int LooksOfEach = 20;
    private const int MostFrames = 3000;
    private const int WithoutLooks = 20;
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

    [Fact]
    public async Task The_more_rooms_share_a_processor_the_less_each_uses_looks_give_way_first_then_pictures_and_never_the_masks()
    {
        var runs = new List<(int Rooms, SharedMachineRun Run)>();
        foreach (var rooms in (int[])[1, 2, 4, 6, 8, 10, 12, 16, 24, 32])
        {
            using var machine = new SharedMachine(rooms);
            await machine.RunAsync(TimeSpan.FromSeconds(4));
            runs.Add((rooms, await machine.RunAsync(TimeSpan.FromSeconds(5))));
        }

        // Fewer looks have more to find out each, so that at first each room uses about as much as before.
        foreach (var (fewer, more) in runs.Zip(runs.Skip(1)))
            more.Run.UsedPerFrame.ShouldBeLessThan(1.05 * fewer.Run.UsedPerFrame, $"{fewer} and {more}");
        runs.Single(one => one.Rooms == 10).Run.UsedPerFrame.ShouldBeLessThan(0.85 * runs[0].Run.UsedPerFrame);

        // Before a picture is left out, looks are as few as they get.
        runs.ShouldContain(one => one.Run.LooksPerPicture < 0.35 && one.Run.Shown == one.Run.Sent);
        runs.Where(one => one.Run.Superseded > 0).ShouldNotBeEmpty();
        runs.Where(one => one.Run.Superseded > 0).ShouldAllBe(one => one.Run.LooksPerPicture < 0.35);
        runs[0].Run.LooksPerPicture.ShouldBe(1);

        // In the end even looks are too far apart: then there are cards, and no mask is older than it may be.
        runs.ShouldAllBe(one => one.Run.OldAndShown == 0 && one.Run.Covered == one.Run.Old);
        runs[^1].Run.Old.ShouldBeGreaterThan(0);
        runs[^1].Run.Shown.ShouldBeGreaterThan(runs[^1].Run.Covered);
    }

    private static async Task RunAsync(PipelineRig rig)
    {
        var ages = new LookAges();
        rig.LastShown = (in ShownPicture picture) => ages.Count(picture, rig.Pipeline.Vision.Looks[0].Eye);
        var frame = 0;
        async Task PassAsync()
        {
            var index = frame++ % Clip.Value.Count;
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, index), Clip.Value, index).ShouldBeLessThan(Likeness.Shown, $"frame {frame}");
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
