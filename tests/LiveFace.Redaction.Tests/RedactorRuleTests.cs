using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests;

/// <summary>What rules, zones and effects of a policy hide.</summary>
public sealed class RedactorRuleTests : RedactorRig
{
    [Fact]
    public void Only_the_classes_that_a_rule_names_are_hidden()
    {
        Sight.Add("objects", ObjectLabels);
        var policy = new RedactionPolicy
        {
            Rules = [new PolicyRule { When = new() { Model = "objects", Classes = ["person", "dog"], ExceptClasses = ["dog"] } }],
        };
        var dog = new BoxF(200, 100, 240, 140);
        var mark = Seen("objects");
        using var frame = Redact(policy, mark, Track(1, Face, source: 1), Track(2, dog, source: 1, label: 1));
        Changed(frame, Face).ShouldBe(1.0, 0.02);
        Changed(frame, dog).ShouldBe(0);
    }

    [Fact]
    public void Faces_that_overlap_are_never_filled_with_one_another()
    {
        // Both pictures differ in the faces alone, so nothing may differ once both faces are hidden.
        var other = new BoxF(130, 90, 190, 150);
        VideoFrame Hidden(byte face)
        {
            var frame = Picture();
            foreach (var box in new[] { Face, other })
                for (var y = (int)box.Top; y < (int)box.Bottom; y++)
                    frame.RowY(y)[(int)box.Left..(int)box.Right].Fill(face);
            Now += TimeSpan.FromMilliseconds(33);
            var mark = Sight.Follow(frame, Now);
            Sight.Look(frame, "faces", new DetectedObject(Face, 0, 0.9f), new DetectedObject(other, 0, 0.9f));
            Tracks.Set(mark, frame, [Track(1, Face), Track(2, other)]);
            using var redactor = new Redactor(Pool, stickers: null, sessionSeed: 7);
            redactor.Redact(frame, PolicySnapshot.Create(1, PolicyPresets.BlurFaces), Vision, Tracks);
            redactor.Decision.IsCovered.ShouldBeFalse();
            return frame;
        }

        using var dark = Hidden(20);
        using var bright = Hidden(230);
        for (var y = 0; y < Height; y++)
            dark.RowY(y).SequenceEqual(bright.RowY(y)).ShouldBeTrue($"row {y}");
    }

    [Fact]
    public void Zones_are_hidden_whatever_is_found()
    {
        var policy = PolicyPresets.BlurFaces with
        {
            Zones =
            [
                new PolicyZone { Box = new ZoneBox(0.5f, 0, 0.25f, 0.5f) },
                new PolicyZone { Shape = ZoneShape.Polygon, Points = [new(0, 0.5f), new(0.4f, 1), new(0, 1)] },
            ],
        };
        var mark = Seen("faces");
        using var frame = Redact(policy, mark);
        Changed(frame, new BoxF(160, 0, 240, 120)).ShouldBe(1.0, 0.02);
        Changed(frame, new BoxF(0, 200, 30, 240)).ShouldBe(1.0, 0.02);
        Changed(frame, new BoxF(140, 130, 320, 240)).ShouldBe(0);
    }

    [Fact]
    public void A_background_without_a_person_is_all_of_the_picture_and_a_person_is_left_alone()
    {
        var outline = Sight.Add("outline", "person");
        var policy = new RedactionPolicy { Background = new RuleHow { Effect = RuleEffect.Solid } };
        var mark = Seen("outline");
        using (var frame = Redact(policy, mark))
            Changed(frame, new BoxF(0, 0, Width, Height)).ShouldBe(1.0, 0.02);

        outline.AddMasks = found =>
        {
            var mask = found.AddMask(32, 24, new BoxF(0, 0, Width, Height), out _);
            mask.Values.Clear();
            for (var y = 8; y < 16; y++)
                mask.Values.Slice(y * 32 + 10, 12).Fill(255);
        };
        mark = Seen("outline", new DetectedObject(new BoxF(100, 80, 220, 160), 0, 1, null, 0));
        using (var frame = Redact(policy, mark))
        {
            Changed(frame, new BoxF(120, 100, 200, 140)).ShouldBe(0);
            Changed(frame, new BoxF(0, 0, Width, 60)).ShouldBe(1.0, 0.02);
        }
    }

    [Fact]
    public void Boxes_are_drawn_on_the_edges_of_what_is_found_and_hide_nothing()
    {
        using var frame = Redact(PolicyPresets.OverlayBoxes, Mark(), Track(1, Face));
        Changed(frame, new BoxF(100, 90, 101, 120)).ShouldBe(1.0, 0.05);
        Changed(frame, new BoxF(106, 86, 134, 124)).ShouldBe(0);
    }

    [Theory]
    [InlineData(RuleEffect.Blur)]
    [InlineData(RuleEffect.Mosaic)]
    [InlineData(RuleEffect.Solid)]
    [InlineData(RuleEffect.Glyph)]
    [InlineData(RuleEffect.Sticker)]
    public void Every_effect_that_hides_hides(RuleEffect effect)
    {
        var policy = new RedactionPolicy { Rules = [new PolicyRule { How = new() { Effect = effect } }] };
        var mark = Seen("faces");
        using var frame = Redact(policy, mark, Track(1, Face));
        Changed(frame, Face).ShouldBe(1.0, 0.03);
    }
}
