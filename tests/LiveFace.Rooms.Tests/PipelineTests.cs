using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

public sealed class PipelineTests
{
    private static readonly Lazy<EncodedClip> Clip = new(() => new EncodedClip(new PortraitScene(), 60));

    [Theory]
    [InlineData("blur-faces")]
    [InlineData("hide-all-but")]
    [InlineData("cover-everything")]
    public async Task The_face_is_hidden_in_every_picture_from_the_first_on(string preset)
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.Find(preset));
        for (var i = 0; i < Clip.Value.Count; i++)
        {
            var seen = await rig.PassAsync(Clip.Value, i);
            PipelineRig.FaceIn(seen, Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
            if (preset != "cover-everything")
                PipelineRig.Unchanged(seen, Clip.Value, i).ShouldBeGreaterThan(0.6, $"frame {i}");
        }

        rig.Pipeline.Meter.Covered.ShouldBe(preset == "cover-everything" ? Clip.Value.Count : 0);
        rig.Pipeline.Meter.Unseen.Mean.ShouldBeLessThan(0.01, "hidden for want of a look, where each frame has one");
    }

    [Fact]
    public async Task A_sticker_lies_over_the_face_and_nothing_of_the_face_shows_through_its_holes()
    {
        // Dark in its left half, a hole in its right one.
        var pixels = new byte[16 * 16 * 4];
        for (var i = 0; i < 256; i++)
            pixels[4 * i + 3] = (byte)(i % 16 < 8 ? 255 : 0);
        var dark = new OverlayPicture(new RgbaImage(16, 16, pixels));
        var rule = new PolicyRule { Where = RuleWhere.Box, How = new() { Effect = RuleEffect.Sticker, Sticker = "dark" } };
        using var rig = await PipelineRig.StartAsync(new RedactionPolicy { Rules = [rule] }, stickers: name => name == "dark" ? dark : null);
        for (var i = 0; i < 20; i++)
        {
            var seen = await rig.PassAsync(Clip.Value, i);
            PipelineRig.FaceIn(seen, Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
            var face = Clip.Value.Face(i);
            var (left, right) = ((int)(face.Left + face.Width * 0.3f), (int)(face.Left + face.Width * 0.8f));
            var row = (int)(face.Top + face.Height / 2) * seen.Width;
            // The sticker is black, which is 16; what shows in its hole is the hidden face, which may be dark.
            seen.Luma[row + left].ShouldBeLessThan((byte)40, $"frame {i}");
            seen.Luma[row + right].ShouldBeGreaterThan((byte)30, $"frame {i}");
        }
    }

    [Fact]
    public async Task Persons_are_hidden_by_the_real_object_model_and_faces_with_them()
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.HidePersons);
        rig.AddModel("objects", await RealModels.ObjectsAsync());
        for (var i = 0; i < 15; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
        rig.Pipeline.Meter.Covered.ShouldBe(0);
        rig.Pipeline.Vision.Looks.Count.ShouldBe(2);
        rig.Pipeline.Vision.Looks.ShouldAllBe(look => look.Eye.Failures == 0 && look.Eye.Looks > 0);
    }

    [Fact]
    public async Task A_policy_that_hides_nothing_shows_the_face_which_shows_that_these_tests_would_see_it()
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.OverlayBoxes);
        for (var i = 0; i < 20; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeGreaterThan(Likeness.Shown, $"frame {i}");
    }

    [Theory]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public async Task Every_codec_goes_in_and_comes_out(VideoCodec codec)
    {
        var clip = new EncodedClip(new PortraitScene(), 10, codec);
        using var rig = await PipelineRig.StartAsync();
        using var watcher = new CapturingOutlet(codec);
        rig.Pipeline.SetOutlets([watcher]);
        for (var i = 0; i < clip.Count; i++)
        {
            rig.Send(clip, i);
            PipelineRig.FaceIn(await watcher.NextAsync(), clip, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
        }
    }

    [Fact]
    public async Task Until_the_model_is_loaded_the_picture_is_covered_and_then_it_is_shown()
    {
        using var rig = await PipelineRig.StartAsync();
        rig.Shelf = ShelfState.Loading;
        for (var i = 0; i < 5; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeLessThan(Likeness.Shown);
        rig.Pipeline.Meter.Covered.ShouldBe(5);
        rig.Shelf = ShelfState.Ready;
        for (var i = 5; i < 10; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeLessThan(Likeness.Shown);
        rig.Pipeline.Meter.Covered.ShouldBe(5);
    }

    [Fact]
    public async Task A_change_of_policy_takes_effect_on_the_next_picture()
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.OverlayBoxes);
        PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, 0), Clip.Value, 0).ShouldBeGreaterThan(Likeness.Shown);
        rig.Policies.TryReplace(PolicyPresets.BlurFaces, out _).ShouldBeTrue();
        PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, 1), Clip.Value, 1).ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task A_policy_that_needs_another_model_is_covered_until_that_model_has_seen_the_picture()
    {
        using var rig = await PipelineRig.StartAsync();
        await rig.PassAsync(Clip.Value, 0);
        rig.Policies.TryReplace(PolicyPresets.HidePersons, out _).ShouldBeTrue();
        await rig.PassAsync(Clip.Value, 1);
        rig.Pipeline.Meter.Covered.ShouldBe(1);
        using var objects = new FaultyDetector(await RealModels.FacesAsync());
        rig.AddModel("objects", objects);
        await rig.PassAsync(Clip.Value, 2);
        rig.Pipeline.Meter.Covered.ShouldBe(1);
    }

    [Fact]
    public async Task A_turned_picture_is_looked_at_upright_and_goes_out_upright()
    {
        // A phone held upright: the sensor's picture lies on its side, and the header says how to turn it.
        var clip = new EncodedClip(new PortraitScene(480, 640), 8, turned: QuarterTurns.CounterClockwise);
        using var rig = await PipelineRig.StartAsync();
        for (var i = 0; i < clip.Count; i++)
            PipelineRig.FaceIn(await rig.PassAsync(clip, i, VideoRotation.Clockwise90), clip, i).ShouldBeLessThan(Likeness.Shown);
        rig.Pipeline.Meter.Covered.ShouldBe(0);
        rig.Pipeline.Vision.Tracks.Length.ShouldBeGreaterThan(0);
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
            rig.Send(Clip.Value, i);
            if (i < 3)
            {
                await Eventually.IsAsync(() => rig.Pipeline.Meter.Looks.Read(rig.Pipeline.Now + TimeSpan.FromSeconds(1)).PerSecond * 2 >= i + 1);
                continue;
            }

            var shown = i - 3;
            var likeness = PipelineRig.FaceIn(await rig.Watcher.NextAsync(), Clip.Value, shown);
            if (shown < 2)
                likeness.ShouldBeGreaterThan(Likeness.Shown, $"frame {shown}");
            else
                likeness.ShouldBeLessThan(Likeness.Shown, $"frame {shown}");
        }
    }

    [Fact]
    public async Task Detections_lie_on_the_face_and_say_that_it_is_hidden()
    {
        using var rig = await PipelineRig.StartAsync();
        LiveFace.Rooms.RoomDetections? told = null;
        rig.LastShown = (in ShownPicture picture) => told = LiveFace.Rooms.DetectionReport.Of("test", picture);
        for (var i = 0; i < 5; i++)
            await rig.PassAsync(Clip.Value, i);
        await Eventually.IsAsync(() => told?.Frame == 5);
        var face = told!.Objects.ShouldHaveSingleItem();
        face.Hidden.ShouldBeTrue();
        told.Detected.ShouldBeTrue();
        var expected = Clip.Value.Face(4);
        new Vision.BoxF(face.Box.X * 640, face.Box.Y * 480, (face.Box.X + face.Box.Width) * 640, (face.Box.Y + face.Box.Height) * 480)
            .IntersectionOverUnion(expected).ShouldBeGreaterThan(0.5f);
    }
}
