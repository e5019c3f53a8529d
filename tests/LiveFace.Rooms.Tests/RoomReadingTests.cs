using LiveFace.Media.Native;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Attributes;

namespace LiveFace.Rooms.Tests;

/// <summary>Faces that are read beside a room's picture.</summary>
public sealed class RoomReadingTests
{
    private static readonly Lazy<EncodedClip> Clip = new(() => new EncodedClip(new PortraitScene(), PortraitScene.Period));

    private static readonly FaceReading Adult = new(
        new AgeReading(40, 33, 48), new GenderReading(FaceGender.Female, 0.97f, false), new EmotionReading("happy", 0.9f, "happy"));

    [Fact]
    public async Task Somebody_older_is_shown_once_read_and_not_before()
    {
        var readers = new ScriptedReaders(FaceTraits.Age, () => Adult);
        using var rig = await PipelineRig.StartAsync(Under(18));
        rig.Readers = readers;
        var frame = 0;
        for (; readers.Read < 3; frame++)
            PipelineRig.FaceIn(await PassAsync(rig, frame), Clip.Value, frame % Clip.Value.Count).ShouldBeLessThan(Likeness.Shown, $"frame {frame}");
        var shown = false;
        for (var last = frame + 60; !shown && frame < last; frame++)
            shown = PipelineRig.FaceIn(await PassAsync(rig, frame), Clip.Value, frame % Clip.Value.Count) > Likeness.Shown;
        shown.ShouldBeTrue();
        rig.Pipeline.Meter.Covered.ShouldBe(0);
    }

    public static TheoryData<string, Func<IFaceReaders?>> InDoubt => new()
    {
        { "there is no reader", () => null },
        { "the reader fails", () => new ScriptedReaders(FaceTraits.Age, () => throw new InvalidOperationException("The reader was told to throw.")) },
        { "it reads nothing", () => new ScriptedReaders(FaceTraits.Age, () => default) },
        { "it is unsure", () => new ScriptedReaders(FaceTraits.Age, () => new FaceReading(new AgeReading(25, 17.9f, 33), null, null)) },
        { "it is younger", () => new ScriptedReaders(FaceTraits.Age, () => new FaceReading(new AgeReading(9, 6, 13), null, null)) },
        { "it reads what is no number", () => new ScriptedReaders(FaceTraits.Age, () => new FaceReading(new AgeReading(float.NaN, 30, 40), null, null)) },
    };

    [Theory]
    [MemberData(nameof(InDoubt))]
    public async Task Every_doubt_hides(string why, Func<IFaceReaders?> readers)
    {
        using var rig = await PipelineRig.StartAsync(Under(18));
        rig.Readers = readers();
        for (var i = 0; i < 120; i++)
            PipelineRig.FaceIn(await PassAsync(rig, i), Clip.Value, i % Clip.Value.Count).ShouldBeLessThan(Likeness.Shown, $"{why}: frame {i}");
    }

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
            (await PassAsync(rig, frame)).ShouldNotBeNull();
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
                PipelineRig.FaceIn(await PassAsync(rig, i), Clip.Value, i % Clip.Value.Count).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
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
            await PassAsync(rig, i);
        readers.Sampled.ShouldBe(0);
        rig.Policies.TryReplace(PolicyPresets.BlurFaces with { Read = [PolicyTrait.Age] }, out _);
        for (var i = 30; i < 210; i++)
            await PassAsync(rig, i);
        // Six seconds, four a second at most; the face alone takes three soon, and one a second from then on.
        readers.Sampled.ShouldBeInRange(4, 25);
    }

    [Fact]
    public async Task What_was_read_is_told_with_the_detections_as_far_as_the_policy_asks_and_goes_with_the_track()
    {
        RoomDetections? told = null;
        using var rig = await PipelineRig.StartAsync(PolicyPresets.BlurFaces with { Read = [PolicyTrait.Age, PolicyTrait.Emotion] });
        rig.Readers = new ScriptedReaders(FaceTraits.Age | FaceTraits.Emotion, () => Adult);
        rig.LastShown = (in ShownPicture picture) => told = DetectionReport.Of("test", picture);
        var frame = 0;
        for (; told?.Objects is not [{ Attributes: not null }]; frame++)
        {
            frame.ShouldBeLessThan(200);
            await PassAsync(rig, frame);
        }

        var attributes = told.Objects[0].Attributes.ShouldNotBeNull();
        attributes.Age.ShouldBe(new FaceAttributes.AgeRange(40, 33, 48));
        attributes.Emotion.ShouldBe(new FaceAttributes.Word("happy", 0.9f));
        attributes.Gender.ShouldBeNull("nobody asked");
        rig.Policies.TryReplace(PolicyPresets.BlurFaces, out _);
        for (var last = frame + 3; frame < last; frame++)
            await PassAsync(rig, frame);
        told.Objects.ShouldHaveSingleItem().Attributes.ShouldBeNull();
    }

    [Fact]
    public async Task The_real_models_read_a_woman_of_about_thirty_to_fifty_and_a_rule_shows_her_by_it()
    {
        RoomDetections? told = null;
        var policy = Under(8) with { Read = [PolicyTrait.Age, PolicyTrait.Gender] };
        using var rig = await PipelineRig.StartAsync(policy);
        rig.Readers = await RealModels.ReadersAsync(FaceTraits.Age | FaceTraits.Gender);
        rig.LastShown = (in ShownPicture picture) => told = DetectionReport.Of("test", picture);
        // Readings give way to pictures, so these come as a camera's do; what is read of a picture long past counts for nothing.
        using var camera = new PeriodicTimer(TimeSpan.FromMilliseconds(33));
        for (var frame = 0; told?.Objects is not [{ Hidden: false }]; frame++)
        {
            frame.ShouldBeLessThan(2000);
            await camera.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await PassAsync(rig, frame);
        }

        var read = told.Objects[0].Attributes.ShouldNotBeNull();
        read.Age!.Years.ShouldBeInRange(25, 50);
        read.Gender!.Value.ShouldNotBe("male", "unsure, where the crop shows little of her hair");
    }

    private static RedactionPolicy Under(int age) => new()
    {
        NothingHidden = true, Rules = [new PolicyRule { When = new() { AgeUnder = age } }],
    };

    /// <summary>Passes a frame, and waits for the room's thread: what it still did would count as work of the next frame's time.</summary>
    private static async Task<SeenPicture> PassAsync(PipelineRig rig, int frame)
    {
        var seen = await rig.PassAsync(Clip.Value, frame % Clip.Value.Count);
        await Eventually.IsAsync(() => rig.Pipeline.Turns > frame);
        return seen;
    }
}
