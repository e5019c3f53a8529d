using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Framing;

/// <summary>What is enlarged is the redacted picture, and nothing of the one before.</summary>
public sealed class FramedRedactionTests : RedactorRig
{
    private static readonly RedactionPolicy Framed = PolicyPresets.BlurFaces with { Framing = new PolicyFraming { Size = 0.5f } };

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
            FrameLuma.Luma(framed).ShouldBe(FrameLuma.Luma(expected), $"picture {i}");
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
            FrameLuma.Luma(changed).ShouldBe(FrameLuma.Luma(framed), $"picture {i}");
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
}
