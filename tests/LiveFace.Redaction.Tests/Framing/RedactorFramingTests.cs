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
            Luma(first).ShouldBe(Luma(plain));
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

    [Theory]
    [InlineData(RuleEffect.Blur)]
    [InlineData(RuleEffect.Mosaic)]
    [InlineData(RuleEffect.Solid)]
    public void What_is_enlarged_is_the_redacted_picture_and_nothing_of_the_one_before(RuleEffect effect)
    {
        var policy = Framed with { Rules = [new PolicyRule { Where = RuleWhere.Box, How = new() { Effect = effect } }] };
        using var bare = new Redactor(Pool, stickers: null, sessionSeed: 7);
        var scaler = new FrameScaler();
        for (var i = 0; i < 150; i++)
        {
            var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
            using var framed = Redact(policy, mark, Track(1, Face));
            using var whole = Picture();
            Tracks.Set(mark, whole, [Track(1, Face)]);
            bare.Redact(whole, PolicySnapshot.Create(1, policy with { Framing = null }), Vision, Tracks);
            if (Redactor.View is not { } view)
                continue;
            using var expected = Pool.Rent(Width, Height);
            scaler.Scale(whole, view, expected);
            Luma(framed).ShouldBe(Luma(expected), $"picture {i}");
        }

        Redactor.View.ShouldNotBeNull();
    }

    [Fact]
    public void A_face_that_is_hidden_stays_hidden_whatever_it_is_made_of()
    {
        // Two pictures that differ under the mask alone come out the same, however they are enlarged.
        using var other = new Redactor(Pool, stickers: null, sessionSeed: 7);
        for (var i = 0; i < 150; i++)
        {
            var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
            using var framed = Redact(Framed, mark, Track(1, Face));
            using var changed = Picture();
            for (var y = (int)Face.Top; y < (int)Face.Bottom; y++)
                changed.RowY(y)[(int)Face.Left..(int)Face.Right].Fill((byte)(i * 7));
            Tracks.Set(mark, changed, [Track(1, Face)]);
            other.Redact(changed, PolicySnapshot.Create(1, Framed), Vision, Tracks);
            Luma(changed).ShouldBe(Luma(framed), $"picture {i}");
        }
    }

    [Fact]
    public void A_covered_picture_is_covered_whole_and_the_next_scene_begins_with_the_whole_picture()
    {
        for (var i = 0; i < 150; i++)
            Redact(Framed, Seen("faces", new DetectedObject(Face, 0, 0.9f)), Track(1, Face)).Dispose();
        Redactor.View.ShouldNotBeNull();
        using (var covered = Redact(Framed with { Cover = true }, Mark(), Track(1, Face)))
            IsCovered(covered).ShouldBeTrue();
        Redactor.View.ShouldBeNull();
        Sight.Pipeline.BeginEpoch();
        Redact(Framed, Seen("faces", new DetectedObject(Face, 0, 0.9f)), Track(1, Face)).Dispose();
        Redactor.View.ShouldBeNull();
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

    private static byte[] Luma(VideoFrame frame)
    {
        var luma = new byte[frame.Width * frame.Height];
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).CopyTo(luma.AsSpan(y * frame.Width));
        return luma;
    }
}
