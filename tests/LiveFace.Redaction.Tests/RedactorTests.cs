using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests;

public sealed class RedactorTests : IDisposable
{
    private const int Width = 320;
    private const int Height = 240;
    private static readonly BoxF Face = new(100, 80, 140, 130);
    private static readonly string[] FaceLabels = ["face"];
    private static readonly string[] ObjectLabels = ["person", "dog", "cup"];

    private readonly FramePool _pool = new();
    private readonly ScriptedSight _sight = new();
    private readonly Redactor _redactor;
    private readonly FrameTracks _tracks = new();
    private int[] _leftAlone = [];
    private TimeSpan _now = TimeSpan.FromSeconds(10);

    public RedactorTests()
    {
        _sight.Add("faces", FaceLabels);
        _redactor = new Redactor(_pool, stickers: null, sessionSeed: 7);
    }

    private VisionState Vision => _sight.State;

    public void Dispose()
    {
        _redactor.Dispose();
        _sight.Dispose();
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    [Fact]
    public void Without_a_detection_the_whole_picture_is_covered()
    {
        using var frame = Redact(PolicyPresets.BlurFaces, Mark());
        _redactor.Decision.Cover.ShouldBe(CoverReason.Starting);
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
        _redactor.Decision.Cover.ShouldBe(CoverReason.EffectFailed);
        _redactor.Failures.ShouldBe(1);
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
        _redactor.Decision.Cover.ShouldBe(CoverReason.EffectFailed);
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
        _sight.Add("objects", ObjectLabels);
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
        _tracks.Set(mark, frame, [], leavesOut: true);
        var policy = new RedactionPolicy { Rules = [new PolicyRule { When = new() { MinScore = certainty } }] };
        _redactor.Redact(frame, PolicySnapshot.Create(1, policy), Vision, _tracks);
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void An_exempt_track_is_shown_while_it_is_known_and_everybody_else_is_hidden()
    {
        var other = new BoxF(220, 80, 260, 130);
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f), new DetectedObject(other, 0, 0.9f));
        _leftAlone = [1];
        using var frame = Redact(Except(1), mark, Track(1, Face), Track(2, other));
        Changed(frame, Face).ShouldBe(0);
        Changed(frame, other).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_track_that_a_policy_exempts_is_hidden_while_nobody_says_who_it_is()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        using var frame = Redact(Except(1), mark, Track(1, Face));
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_track_that_no_policy_exempts_is_hidden_however_well_it_is_known()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        _leftAlone = [1];
        using var frame = Redact(Except(2), mark, Track(1, Face));
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_second_face_on_an_exempt_one_is_hidden()
    {
        // Both lie on the track, and far enough from one another to be told apart.
        var (first, second) = (Moved(-5), Moved(7));
        var mark = Seen("faces", new DetectedObject(first, 0, 0.9f), new DetectedObject(second, 0, 0.5f));
        _leftAlone = [1];
        using var frame = Redact(Except(1), mark, Track(1, Face));
        Changed(frame, second).ShouldBe(1.0, 0.02);

        static BoxF Moved(float by) => new(Face.Left + by, Face.Top + by, Face.Right + by, Face.Bottom + by);
    }

    [Fact]
    public void With_a_look_ahead_a_track_is_hidden_as_soon_as_a_later_frame_does_not_know_it()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        var later = new FrameTracks();
        using (var behind = Picture())
            later.Set(Mark(), behind, [Track(1, Face)]);
        _leftAlone = [1];
        using (var frame = Redact(Except(1), mark, new[] { later }, Track(1, Face)))
            Changed(frame, Face).ShouldBe(1.0, 0.02);
        later.LeaveAlone(1);
        using (var frame = Redact(Except(1), mark, new[] { later }, Track(1, Face)))
            Changed(frame, Face).ShouldBe(0);
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
            _now += TimeSpan.FromMilliseconds(33);
            var mark = _sight.Follow(frame, _now);
            _sight.Look(frame, "faces", new DetectedObject(Face, 0, 0.9f), new DetectedObject(other, 0, 0.9f));
            _tracks.Set(mark, frame, [Track(1, Face), Track(2, other)]);
            using var redactor = new Redactor(_pool, stickers: null, sessionSeed: 7);
            redactor.Redact(frame, PolicySnapshot.Create(1, PolicyPresets.BlurFaces), Vision, _tracks);
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
        var outline = _sight.Add("outline", "person");
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
    public void A_sticker_that_is_replaced_or_taken_away_is_so_from_the_next_frame_on()
    {
        static OverlayPicture Plain(byte grey) =>
            new(new RgbaImage(8, 8, [.. Enumerable.Range(0, 64).SelectMany(_ => new byte[] { grey, grey, grey, 255 })]));
        OverlayPicture? shelf = Plain(20);
        using var redactor = new Redactor(_pool, _ => shelf, sessionSeed: 7);
        var how = new RuleHow { Effect = RuleEffect.Sticker, Sticker = "one" };
        var policy = PolicySnapshot.Create(1, new RedactionPolicy
        {
            Rules = [new PolicyRule { How = how, Where = RuleWhere.Box }],
            Zones = [new PolicyZone { Box = new ZoneBox(0.5f, 0.5f, 0.25f, 0.25f), How = how }],
        });
        (byte Face, byte Zone) Middles()
        {
            var mark = Seen("faces");
            using var frame = Picture();
            _tracks.Set(mark, frame, [Track(1, Face)]);
            redactor.Redact(frame, policy, Vision, _tracks);
            return (frame.RowY((int)Face.CentreY)[(int)Face.CentreX], frame.RowY(Height * 5 / 8)[Width * 5 / 8]);
        }

        var dark = Middles();
        Middles().ShouldBe(dark);
        shelf = Plain(220);
        var bright = Middles();
        ((int)bright.Face, (int)bright.Zone).ShouldBe((dark.Face + 172, dark.Zone + 172), "from 20 to 220 in a picture's range");
        shelf = null;
        Middles().ShouldNotBe(bright);
        shelf = Plain(20);
        Middles().ShouldBe(dark);
    }

    [Fact]
    public void Nothing_is_allocated_once_the_room_runs()
    {
        var policy = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);
        _sight["faces"].Found = [new DetectedObject(Face, 0, 0.4f)];
        Track[] tracks = [Track(1, Face), Track(2, new BoxF(10, 10, 40, 40))];
        void Step()
        {
            using var frame = Picture();
            _now += TimeSpan.FromMilliseconds(33);
            var mark = _sight.Follow(frame, _now);
            _sight.Sample(frame);
            _sight.Answer("faces");
            _tracks.Set(mark, frame, tracks);
            _redactor.Redact(frame, policy, Vision, _tracks);
        }

        for (var i = 0; i < 50; i++)
            Step();
        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 100; i++)
            Step();
        ThreadAllocations.Since(before).ShouldBe(0);
    }

    private static RedactionPolicy Except(int track) =>
        new() { Rules = [new PolicyRule { When = new() { ExceptTrackIds = [track] } }] };

    private Track Track(int id, BoxF box, int source = 0, int label = 0) =>
        new(id, source, label, 0.9f, box, box, 0, 0, _now, TimeSpan.Zero, Coasting: false);

    private FrameMark Mark()
    {
        _now += TimeSpan.FromMilliseconds(33);
        using var frame = Picture();
        return _sight.Follow(frame, _now);
    }

    private FrameMark Seen(string model, params DetectedObject[] objects)
    {
        _now += TimeSpan.FromMilliseconds(33);
        using var frame = Picture();
        var mark = _sight.Follow(frame, _now);
        _sight.Look(frame, model, objects);
        return mark;
    }

    private VideoFrame Redact(RedactionPolicy policy, FrameMark mark, params Track[] tracks) =>
        Redact(policy, mark, ReadOnlySpan<FrameTracks>.Empty, tracks);

    private VideoFrame Redact(RedactionPolicy policy, FrameMark mark, ReadOnlySpan<FrameTracks> later, params Track[] tracks)
    {
        var frame = Picture();
        _tracks.Set(mark, frame, tracks);
        foreach (var track in _leftAlone)
            _tracks.LeaveAlone(track);
        _redactor.Redact(frame, PolicySnapshot.Create(1, policy), Vision, _tracks, later).Picture.ShouldBeSameAs(frame);
        return frame;
    }

    // Fine texture everywhere, so that every kind of hiding changes nearly every pixel.
    private static byte Texture(int x, int y) => (byte)(((x * 73 + y * 151) ^ (x * y)) & 1) == 0 ? (byte)30 : (byte)220;

    private VideoFrame Picture()
    {
        var frame = _pool.Rent(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            var row = frame.RowY(y);
            for (var x = 0; x < Width; x++)
                row[x] = Texture(x, y);
        }

        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).Fill(90);
            frame.RowV(y).Fill(160);
        }

        return frame;
    }

    private static double Changed(VideoFrame frame, BoxF box)
    {
        int changed = 0, all = 0;
        for (var y = (int)box.Top; y < (int)box.Bottom; y++)
            for (var x = (int)box.Left; x < (int)box.Right; x++, all++)
                if (frame.RowY(y)[x] != Texture(x, y))
                    changed++;
        return changed / (double)all;
    }

    private static int ChangedPixels(VideoFrame frame) =>
        (int)Math.Round(Changed(frame, new BoxF(0, 0, Width, Height)) * Width * Height);

    // Nothing of the texture's two levels is left in any place where it could be told from the other.
    private static bool IsCovered(VideoFrame frame)
    {
        var same = 0;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                if (frame.RowY(y)[x] == Texture(x, y))
                    same++;
        return same < Width * Height / 100;
    }
}
