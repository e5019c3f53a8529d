using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Attributes;

namespace LiveFace.Rooms.Tests;

/// <summary>Faces that are read beside a room's picture.</summary>
public sealed class RoomReadingTests
{
    private static EncodedClip Clip => EncodedClips.Period;

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
            PipelineRig.FaceIn(await ReadingSteps.PassAsync(rig, frame), Clip, frame % Clip.Count).ShouldBeLessThan(Likeness.Shown, $"frame {frame}");
        var shown = false;
        for (var last = frame + 60; !shown && frame < last; frame++)
            shown = PipelineRig.FaceIn(await ReadingSteps.PassAsync(rig, frame), Clip, frame % Clip.Count) > Likeness.Shown;
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
            PipelineRig.FaceIn(await ReadingSteps.PassAsync(rig, i), Clip, i % Clip.Count).ShouldBeLessThan(Likeness.Shown, $"{why}: frame {i}");
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
            await ReadingSteps.PassAsync(rig, frame);
        }

        var attributes = told.Objects[0].Attributes.ShouldNotBeNull();
        attributes.Age.ShouldBe(new FaceAttributes.AgeRange(40, 33, 48));
        attributes.Emotion.ShouldBe(new FaceAttributes.Word("happy", 0.9f));
        attributes.Gender.ShouldBeNull("nobody asked");
        rig.Policies.TryReplace(PolicyPresets.BlurFaces, out _);
        for (var last = frame + 3; frame < last; frame++)
            await ReadingSteps.PassAsync(rig, frame);
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
            await ReadingSteps.PassAsync(rig, frame);
        }

        var read = told.Objects[0].Attributes.ShouldNotBeNull();
        read.Age!.Years.ShouldBeInRange(25, 50);
        read.Gender!.Value.ShouldNotBe("male", "unsure, where the crop shows little of her hair");
    }

    private static RedactionPolicy Under(int age) => new()
    {
        NothingHidden = true, Rules = [new PolicyRule { When = new() { AgeUnder = age } }],
    };
}
