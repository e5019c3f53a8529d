using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms.Tests;

/// <summary>A room whose picture follows a face, with the real face model.</summary>
public sealed class RoomFramingTests
{
    private static EncodedClip Clip => EncodedClips.Period;

    [Fact]
    public async Task The_face_is_hidden_in_the_enlarged_picture_and_its_box_lies_where_it_is_shown()
    {
        RoomDetections? told = null;
        using var rig = await PipelineRig.StartAsync(PolicyPresets.BlurFaces with { Framing = new PolicyFraming { Size = 0.5f } });
        rig.LastShown = (in Pipeline.ShownPicture picture) => told = DetectionReport.Of("test", picture);
        // The portrait walks its round in six seconds.
        rig.Interval = TimeSpan.FromMilliseconds(99);
        var (framed, inside) = (0, 0);
        for (var i = 0; i < 180; i++)
        {
            var seen = await rig.PassAsync(Clip, i % Clip.Count);
            (seen.Width, seen.Height).ShouldBe((640, 480), "the size stays");
            await Eventually.IsAsync(() => told?.Frame == i + 1);
            if (told!.View is not { } view)
                continue;
            framed++;
            var face = Clip.Face(i % Clip.Count);
            var expected = new Vision.BoxF(
                (face.Left / 640 - view.X) / view.Width, (face.Top / 480 - view.Y) / view.Height,
                (face.Right / 640 - view.X) / view.Width, (face.Bottom / 480 - view.Y) / view.Height);
            // The portrait runs ahead of the calm view at times, and is cut off there.
            if (expected.Left < 0 || expected.Top < 0 || expected.Right > 1 || expected.Bottom > 1)
                continue;
            inside++;
            told.Objects.ShouldContain(
                one => one.Hidden && new Vision.BoxF(one.Box.X, one.Box.Y, one.Box.X + one.Box.Width, one.Box.Y + one.Box.Height).IntersectionOverUnion(expected) > 0.4f,
                $"frame {i}");
        }

        framed.ShouldBeGreaterThan(100);
        inside.ShouldBeGreaterThan(80);
        rig.Pipeline.Meter.Covered.ShouldBe(0);
    }
}
