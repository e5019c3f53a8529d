using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Marking;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests;

public sealed class RedactorTests : RedactorRig
{
    [Fact]
    public void Without_a_detection_the_whole_picture_is_covered()
    {
        using var frame = Redact(PolicyPresets.BlurFaces, Mark());
        Redactor.Decision.Cover.ShouldBe(CoverReason.Starting);
        IsCovered(frame).ShouldBeTrue();
    }

    [Fact]
    public void A_track_is_hidden_and_the_rest_of_the_picture_is_left_alone()
    {
        var mark = Seen("faces");
        using var frame = Redact(PolicyPresets.BlurFaces, mark, Track(1, Face));
        Changed(frame, Face).ShouldBe(1.0, 0.02);
        Changed(frame, new BoxF(0, 0, 60, 240)).ShouldBe(0);
        Changed(frame, new BoxF(200, 0, 320, 240)).ShouldBe(0);
    }

    [Fact]
    public void A_raw_detection_too_weak_for_a_track_is_hidden_too()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.4f));
        using var frame = Redact(PolicyPresets.BlurFaces, mark);
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_weak_raw_detection_stays_hidden_while_the_next_one_is_awaited_and_grows()
    {
        Seen("faces", new DetectedObject(Face, 0, 0.4f));
        int Area(int frames)
        {
            FrameMark mark = default;
            for (var i = 0; i < frames; i++)
                mark = Mark();
            using var frame = Redact(PolicyPresets.BlurFaces, mark);
            Changed(frame, Face).ShouldBe(1.0, 0.02);
            return ChangedPixels(frame);
        }

        var early = Area(1);
        Area(6).ShouldBeGreaterThan(early);
    }

    [Fact]
    public void Masks_grow_with_the_age_of_the_detection()
    {
        var fresh = Seen("faces");
        int first, later;
        using (var frame = Redact(PolicyPresets.BlurFaces, fresh, Track(1, Face)))
            first = ChangedPixels(frame);
        for (var i = 0; i < 8; i++)
            Mark();
        using (var frame = Redact(PolicyPresets.BlurFaces, Mark(), Track(1, Face)))
            later = ChangedPixels(frame);
        later.ShouldBeGreaterThan(first * 12 / 10);
    }

    [Fact]
    public void A_box_that_is_not_made_of_numbers_covers_the_picture()
    {
        var mark = Seen("faces");
        using var frame = Redact(PolicyPresets.BlurFaces, mark, Track(1, new BoxF(float.NaN, 80, 140, 130)));
        Redactor.Decision.Cover.ShouldBe(CoverReason.EffectFailed);
        Redactor.Failures.ShouldBe(1);
        IsCovered(frame).ShouldBeTrue();
    }

    [Fact]
    public void More_regions_than_fit_cover_the_picture()
    {
        var many = new DetectedObject[1000];
        for (var i = 0; i < many.Length; i++)
            many[i] = new DetectedObject(new BoxF(i % 100 * 3, i / 100 * 20, i % 100 * 3 + 2, i / 100 * 20 + 2), 0, 0.5f);
        var policy = new RedactionPolicy { Rules = [.. Enumerable.Repeat(new PolicyRule { Where = RuleWhere.Box }, 4)] };
        var mark = Seen("faces", many);
        using var frame = Redact(policy, mark);
        Redactor.Decision.Cover.ShouldBe(CoverReason.EffectFailed);
        IsCovered(frame).ShouldBeTrue();
    }

    [Fact]
    public void A_policy_that_covers_everything_covers_everything()
    {
        var mark = Seen("faces");
        using var frame = Redact(PolicyPresets.CoverEverything, mark);
        IsCovered(frame).ShouldBeTrue();
    }

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

    [Theory]
    [InlineData(null)]
    [InlineData(0.95f)]
    public void What_the_tracker_left_out_is_hidden_where_it_was_found_until_the_next_answer(float? certainty)
    {
        Seen("faces", new DetectedObject(Face, 0, 0.9f));
        var mark = Mark();
        using var frame = Picture();
        Tracks.Set(mark, frame, [], leavesOut: true);
        var policy = new RedactionPolicy { Rules = [new PolicyRule { When = new() { MinScore = certainty } }] };
        Redactor.Redact(frame, PolicySnapshot.Create(1, policy), Vision, Tracks);
        Changed(frame, Face).ShouldBe(1.0, 0.02);
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
    public void A_track_that_begins_in_the_next_frames_is_hidden_in_the_frames_before_it()
    {
        var first = Seen("faces");
        var second = Seen("faces");
        var ahead = new FrameTracks();
        using (var picture = Picture())
            ahead.Set(second, picture, [Track(5, Face) with { FirstSeen = second.Time }]);
        using var frame = Redact(PolicyPresets.BlurFaces, first, [ahead]);
        Changed(frame, Face).ShouldBe(1.0, 0.02);
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

    [Fact]
    public void Nothing_is_allocated_once_the_room_runs()
    {
        var policy = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);
        Sight["faces"].Found = [new DetectedObject(Face, 0, 0.4f)];
        Track[] tracks = [Track(1, Face), Track(2, new BoxF(10, 10, 40, 40))];
        void Step()
        {
            using var frame = Picture();
            Now += TimeSpan.FromMilliseconds(33);
            var mark = Sight.Follow(frame, Now);
            Sight.Sample(frame);
            Sight.Answer("faces");
            Tracks.Set(mark, frame, tracks);
            Redactor.Redact(frame, policy, Vision, Tracks);
        }

        for (var i = 0; i < 50; i++)
            Step();
        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 100; i++)
            Step();
        ThreadAllocations.Since(before).ShouldBe(0);
    }
}
