using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Framing;

/// <summary>What goes out of a redactor that frames: nothing that did not go out before.</summary>
public sealed class RedactorFramingTests : RedactorRig
{
    private static readonly RedactionPolicy Framed = PolicyPresets.BlurFaces with { Framing = new PolicyFraming { Size = 0.5f } };

    [Fact]
    public void Without_framing_a_picture_is_byte_for_byte_what_it_was()
    {
        using var other = new Redactor(Pool, stickers: null, sessionSeed: 7);
        for (var i = 0; i < 10; i++)
        {
            var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
            using var plain = Redact(PolicyPresets.BlurFaces, mark, Track(1, Face));
            Redactor.View.ShouldBeNull();
            // While the view is the whole picture, framing changes nothing either.
            using var first = Picture();
            Tracks.Set(mark, first, [Track(1, Face)]);
            other.Redact(first, PolicySnapshot.Create(1, Framed with { Framing = new PolicyFraming { Closest = 1 } }), Vision, Tracks);
            FrameLuma.Luma(first).ShouldBe(FrameLuma.Luma(plain));
        }
    }

    [Fact]
    public void A_picture_that_is_framed_shows_the_redacted_one_larger_and_keeps_its_size()
    {
        VideoFrame? last = null;
        for (var i = 0; i < 200; i++)
        {
            last?.Dispose();
            last = Redact(Framed, Seen("faces", new DetectedObject(Face, 0, 0.9f)), Track(1, Face));
        }

        var view = Redactor.View.ShouldNotBeNull();
        (last!.Width, last.Height).ShouldBe((Width, Height));
        view.Width.ShouldBe(Width / 2.0, 8);
        (view.X <= Face.Left && view.X + view.Width >= Face.Right && view.Y <= Face.Top && view.Y + view.Height >= Face.Bottom).ShouldBeTrue($"{view}");
        last.Dispose();
    }

    [Fact]
    public void It_follows_one_face_as_long_as_it_is_there_and_then_another()
    {
        BoxF first = new(60, 60, 100, 110), larger = new(220, 60, 280, 130);
        for (var i = 0; i < 100; i++)
            Redact(Framed, Seen("faces"), Track(1, first)).Dispose();
        for (var i = 0; i < 200; i++)
            Redact(Framed, Seen("faces"), Track(1, first), Track(2, larger)).Dispose();
        var view = Redactor.View.ShouldNotBeNull();
        view.X.ShouldBeLessThan(first.Left, "a larger one that came later does not take it away");
        for (var i = 0; i < 300; i++)
            Redact(Framed, Seen("faces"), Track(2, larger)).Dispose();
        (Redactor.View!.Value.X + Redactor.View.Value.Width).ShouldBeGreaterThan(larger.Right);
    }

    [Fact]
    public void No_garbage_is_made_for_a_frame_that_is_framed()
    {
        var policy = PolicySnapshot.Create(1, Framed);
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        using var frame = Picture();
        Track[] tracks = [Track(1, Face)];
        Tracks.Set(mark, frame, tracks);
        for (var i = 0; i < 20; i++)
            Redactor.Redact(frame, policy, Vision, Tracks);
        var marks = Enumerable.Range(0, 60).Select(_ => Seen("faces", new DetectedObject(Face, 0, 0.9f))).ToArray();
        foreach (var next in marks)
            Step(next);
        Redactor.View.ShouldNotBeNull();
        marks = [.. Enumerable.Range(0, 60).Select(_ => Seen("faces", new DetectedObject(Face, 0, 0.9f)))];
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var next in marks)
            Step(next);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2000, "for sixty pictures");

        void Step(in Vision.Detection.FrameMark next)
        {
            Tracks.Set(next, frame, tracks);
            Redactor.Redact(frame, policy, Vision, Tracks);
        }
    }

    [Theory]
    [InlineData("""{"rules":[{}],"framing":{"size":0.01}}""", "framing.size")]
    [InlineData("""{"rules":[{}],"framing":{"closest":9}}""", "framing.closest")]
    [InlineData("""{"rules":[{}],"framing":{"subject":"dog"}}""", "framing.subject")]
    [InlineData("""{"nothingHidden":true,"framing":{}}""", "framing")]
    public void What_cannot_be_framed_is_refused_by_name(string json, string field)
    {
        PolicyJson.TryRead(System.Text.Encoding.UTF8.GetBytes(json), out _, out var problems).ShouldBeFalse();
        problems[0].Field.ShouldBe(field);
    }
}
