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
    private static EncodedClip Clip => EncodedClips.Portrait;

    [Theory]
    [InlineData("blur-faces")]
    [InlineData("hide-all-but")]
    [InlineData("cover-everything")]
    public async Task The_face_is_hidden_in_every_picture_from_the_first_on(string preset)
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.Find(preset));
        for (var i = 0; i < Clip.Count; i++)
        {
            var seen = await rig.PassAsync(Clip, i);
            PipelineRig.FaceIn(seen, Clip, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
            if (preset != "cover-everything")
                PipelineRig.Unchanged(seen, Clip, i).ShouldBeGreaterThan(0.6, $"frame {i}");
        }

        rig.Pipeline.Meter.Covered.ShouldBe(preset == "cover-everything" ? Clip.Count : 0);
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
            var seen = await rig.PassAsync(Clip, i);
            PipelineRig.FaceIn(seen, Clip, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
            var face = Clip.Face(i);
            var (left, right) = ((int)(face.Left + face.Width * 0.3f), (int)(face.Left + face.Width * 0.8f));
            var row = (int)(face.Top + face.Height / 2) * seen.Width;
            // The sticker is black, which is 16; what shows in its hole is the hidden face, which may be dark.
            seen.Luma[row + left].ShouldBeLessThan((byte)40, $"frame {i}");
            seen.Luma[row + right].ShouldBeGreaterThan((byte)30, $"frame {i}");
        }
    }

    [Fact]
    public async Task A_policy_that_hides_nothing_shows_the_face_which_shows_that_these_tests_would_see_it()
    {
        using var rig = await PipelineRig.StartAsync(PolicyPresets.OverlayBoxes);
        for (var i = 0; i < 20; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip, i), Clip, i).ShouldBeGreaterThan(Likeness.Shown, $"frame {i}");
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
    public async Task Detections_lie_on_the_face_and_say_that_it_is_hidden()
    {
        using var rig = await PipelineRig.StartAsync();
        LiveFace.Rooms.RoomDetections? told = null;
        rig.LastShown = (in ShownPicture picture) => told = LiveFace.Rooms.DetectionReport.Of("test", picture);
        for (var i = 0; i < 5; i++)
            await rig.PassAsync(Clip, i);
        await Eventually.IsAsync(() => told?.Frame == 5);
        var face = told!.Objects.ShouldHaveSingleItem();
        face.Hidden.ShouldBeTrue();
        told.Detected.ShouldBeTrue();
        var expected = Clip.Face(4);
        new Vision.BoxF(face.Box.X * 640, face.Box.Y * 480, (face.Box.X + face.Box.Width) * 640, (face.Box.Y + face.Box.Height) * 480)
            .IntersectionOverUnion(expected).ShouldBeGreaterThan(0.5f);
    }
}
