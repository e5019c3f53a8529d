using LiveFace.Media.Native;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Rooms.Tests;

/// <summary>On which thread faces are read, and how often.</summary>
public sealed class RoomReaderTests
{
    private static EncodedClip Clip => EncodedClips.Period;

    private static readonly FaceReading Adult = new(
        new AgeReading(40, 33, 48), new GenderReading(FaceGender.Female, 0.97f, false), new EmotionReading("happy", 0.9f, "happy"));

    [Fact]
    public async Task Faces_are_read_on_a_thread_that_gives_way_to_pictures()
    {
        var niceness = 0;
        var readers = new ScriptedReaders(FaceTraits.Age, () =>
        {
            Volatile.Write(ref niceness, ThreadNiceness.Current);
            return Adult;
        });
        using var rig = await PipelineRig.StartAsync(PolicyPresets.BlurFaces with { Read = [PolicyTrait.Age] });
        rig.Readers = readers;
        for (var frame = 0; readers.Read == 0; frame++)
            (await ReadingSteps.PassAsync(rig, frame)).ShouldNotBeNull();
        Volatile.Read(ref niceness).ShouldBeGreaterThan(ThreadNiceness.Current);
    }

    [Fact]
    public async Task A_reader_that_never_comes_back_holds_up_no_look_and_no_picture()
    {
        using var never = new ManualResetEventSlim();
        var readers = new ScriptedReaders(FaceTraits.Age | FaceTraits.Gender, () =>
        {
            never.Wait();
            return Adult;
        });
        using var rig = await PipelineRig.StartAsync(PolicyPresets.BlurFaces with { Read = [PolicyTrait.Age, PolicyTrait.Gender] });
        rig.Readers = readers;
        try
        {
            for (var i = 0; i < 90; i++)
                PipelineRig.FaceIn(await ReadingSteps.PassAsync(rig, i), Clip, i % Clip.Count).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
            (readers.Sampled, readers.Read).ShouldBe((1, 0), "one at a time, and that one is stuck");
            rig.Pipeline.Meter.Shown.ShouldBe(90);
            rig.Pipeline.Vision.Looks.ShouldHaveSingleItem().Eye.Looks.ShouldBe(90, "each picture had its own look");
        }
        finally
        {
            never.Set();
        }
    }

    [Fact]
    public async Task No_more_is_read_than_so_many_a_second_and_nothing_unless_the_policy_asks()
    {
        var readers = new ScriptedReaders(FaceTraits.Age, () => Adult);
        using var rig = await PipelineRig.StartAsync();
        rig.Readers = readers;
        for (var i = 0; i < 30; i++)
            await ReadingSteps.PassAsync(rig, i);
        readers.Sampled.ShouldBe(0);
        rig.Policies.TryReplace(PolicyPresets.BlurFaces with { Read = [PolicyTrait.Age] }, out _);
        for (var i = 30; i < 210; i++)
            await ReadingSteps.PassAsync(rig, i);
        // Six seconds, four a second at most; the face alone takes three soon, and one a second from then on.
        readers.Sampled.ShouldBeInRange(4, 25);
    }
}
