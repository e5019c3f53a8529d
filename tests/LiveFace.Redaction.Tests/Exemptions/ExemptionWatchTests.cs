using LiveFace.Media.Frames;
using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>Who is left alone, in frames at 30 a second: nobody of whom it is not known.</summary>
public sealed class ExemptionWatchTests : IClassFixture<KnownPeople>, IDisposable
{
    private const int Me = 1;
    private static readonly string[] Labels = ["face", "mask"];
    private static readonly BoxF Here = new(100, 80, 160, 150);

    private readonly KnownPeople _people;
    private readonly FramePool _pool = new();
    private readonly VideoFrame _frame;
    private readonly FrameMarks _marks = new();
    private readonly VisionState _vision = new();
    private readonly ExemptionWatch _watch = new();
    private readonly FrameTracks _tracks = new();
    private PolicySnapshot _policy = Exempting(Me);
    private TimeSpan _now = TimeSpan.FromSeconds(5);

    public ExemptionWatchTests(KnownPeople people)
    {
        _people = people;
        _frame = _pool.Rent(320, 240);
        _vision.Add("faces", new ScriptedDetector("faces", Labels));
        Next(cut: false);
    }

    public void Dispose()
    {
        _frame.Dispose();
        _pool.Dispose();
    }

    [Fact]
    public void The_people_of_these_tests_are_told_apart()
    {
        _people.Anna.Likeness(_people.AnnaLater).ShouldBeGreaterThan(FaceIdentifier.SamePerson);
        _people.Anna.Likeness(_people.Berta).ShouldBeLessThan(FaceIdentifier.SamePerson);
    }

    [Fact]
    public void Somebody_is_left_alone_from_the_second_look_on_that_shows_them()
    {
        Frame(Track(Here)).ShouldBeFalse();
        Look(_people.Anna);
        Frame(Track(Here)).ShouldBeFalse();
        Look(_people.AnnaLater);
        Frame(Track(Here)).ShouldBeTrue();
    }

    [Fact]
    public void An_exemption_that_no_look_renews_ends()
    {
        Known();
        var frames = 0;
        while (Frame(Track(Here)))
            frames++;
        frames.ShouldBeInRange(10, 19);
        Look(_people.AnnaLater);
        Frame(Track(Here)).ShouldBeTrue();
    }

    [Fact]
    public void Looks_that_go_on_to_show_the_same_person_renew_it()
    {
        Known();
        for (var i = 0; i < 90; i++)
        {
            Frame(Track(Here)).ShouldBeTrue($"frame {i}");
            if (_watch.TryNext(out var track, out _))
                _watch.Answer(track, _tracks.Mark, _people.AnnaLater);
        }
    }

    [Fact]
    public void Somebody_else_under_the_same_number_is_hidden_from_the_look_on()
    {
        Known();
        Look(_people.Berta);
        for (var i = 0; i < 40; i++)
        {
            Frame(Track(Here)).ShouldBeFalse($"frame {i}");
            if (i % 5 == 0)
                Look(_people.Berta);
        }

        Look(_people.AnnaLater);
        Frame(Track(Here)).ShouldBeTrue();
    }

    [Fact]
    public void A_look_that_makes_out_no_face_ends_it()
    {
        Known();
        Look(null);
        Frame(Track(Here)).ShouldBeFalse();
    }

    [Fact]
    public void A_coasting_track_is_hidden_and_so_is_what_it_comes_to_lie_on_until_that_is_looked_at()
    {
        Known();
        var before = _tracks.Mark;
        Frame(Track(Here) with { Coasting = true }).ShouldBeFalse();
        // A neighbour 1.2 widths away is caught: same number, seen by the detector, no longer coasting.
        var neighbour = new BoxF(Here.Left + 72, Here.Top, Here.Right + 72, Here.Bottom);
        Frame(Track(neighbour)).ShouldBeFalse();
        _watch.Answer(Me, before, _people.AnnaLater);
        Frame(Track(neighbour)).ShouldBeFalse();
        Look(_people.Berta);
        Frame(Track(neighbour)).ShouldBeFalse();
    }

    [Fact]
    public void A_real_tracker_hands_a_number_to_the_neighbour_and_the_neighbour_stays_hidden()
    {
        var tracker = new Tracker();
        var neighbour = new BoxF(Here.Left + 66, Here.Top, Here.Right + 66, Here.Bottom);
        bool Step(params BoxF[] seen)
        {
            Next(cut: false);
            tracker.Predict(_now);
            tracker.Update([.. seen.Select(box => new DetectedObject(box, 0, 0.9f))], 0.6f, _now);
            _tracks.Set(_tracks.Mark, _frame, tracker.Tracks);
            _watch.Follow(_tracks, _policy, _vision);
            return _tracks.IsLeftAlone(Me);
        }

        for (var i = 0; i < 10; i++)
        {
            Step(Here);
            Look(i % 2 == 0 ? _people.Anna : _people.AnnaLater);
        }

        Step(Here).ShouldBeTrue();
        // I leave in the very frame in which somebody is seen beside my place.
        for (var i = 0; i < 30; i++)
            Step(neighbour).ShouldBeFalse($"frame {i}");
        tracker.Tracks.ToArray().ShouldContain(track => track.Id == Me && track.Box.IntersectionOverUnion(neighbour) > 0.5f,
            "the number went over, or this test shows nothing");
    }

    [Fact]
    public void Somebody_near_ends_it_until_they_are_away_and_a_look_says_who_is_left()
    {
        Known();
        var near = Track(new BoxF(Here.Right + 3, Here.Top, Here.Right + 60, Here.Bottom)) with { Id = 2 };
        Frame(Track(Here), near).ShouldBeFalse();
        Frame(Track(Here)).ShouldBeFalse();
        Look(_people.AnnaLater);
        Frame(Track(Here)).ShouldBeTrue();
    }

    [Fact]
    public void Somebody_far_does_not()
    {
        Known();
        Frame(Track(Here), Track(new BoxF(200, 80, 260, 150)) with { Id = 2 }).ShouldBeTrue();
    }

    [Fact]
    public void A_box_that_jumps_ends_it_and_a_look_that_was_under_way_does_not_bring_it_back()
    {
        Known();
        var before = _tracks.Mark;
        var there = new BoxF(Here.Left + 30, Here.Top, Here.Right + 30, Here.Bottom);
        Frame(Track(there)).ShouldBeFalse();
        _watch.Answer(Me, before, _people.AnnaLater);
        Frame(Track(there)).ShouldBeFalse();
        Look(_people.AnnaLater);
        Frame(Track(there)).ShouldBeTrue();
    }

    [Fact]
    public void A_cut_ends_it_for_a_track_of_the_scene_before()
    {
        Known();
        var began = _now;
        Next(cut: true);
        _tracks.Set(_tracks.Mark, _frame, [Track(Here) with { FirstSeen = began }]);
        _watch.Follow(_tracks, _policy, _vision);
        _tracks.IsLeftAlone(Me).ShouldBeFalse();
        _watch.TryNext(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Where_the_tracker_leaves_things_out_or_the_detector_has_not_seen_for_a_while_nobody_is_exempt()
    {
        Known();
        Next(cut: false);
        _tracks.Set(_tracks.Mark, _frame, [Track(Here)], leavesOut: true);
        _watch.Follow(_tracks, _policy, _vision);
        _tracks.IsLeftAlone(Me).ShouldBeFalse();
        Look(_people.AnnaLater);
        Frame(Track(Here) with { Unseen = TimeSpan.FromSeconds(0.4) }).ShouldBeFalse();
    }

    [Fact]
    public void What_is_no_face_cannot_be_known_and_is_hidden()
    {
        for (var i = 0; i < 10; i++)
        {
            Frame(Track(Here) with { Class = 1 }).ShouldBeFalse();
            _watch.Answer(Me, _tracks.Mark, _people.Anna);
        }
    }

    [Fact]
    public void A_policy_that_still_names_somebody_keeps_them_and_one_that_names_them_anew_begins_anew()
    {
        Known();
        _policy = Exempting(Me, 7);
        Frame(Track(Here)).ShouldBeTrue();
        _policy = PolicySnapshot.Create(3, PolicyPresets.BlurFaces);
        Frame(Track(Here)).ShouldBeFalse();
        _policy = Exempting(Me);
        Frame(Track(Here)).ShouldBeFalse();
        Look(_people.Berta);
        Look(_people.Berta);
        Frame(Track(Here)).ShouldBeTrue();
    }

    [Fact]
    public void Several_are_looked_at_in_turn_and_none_too_often()
    {
        _policy = Exempting(1, 2);
        var looked = new List<int>();
        for (var i = 0; i < 30; i++)
        {
            Frame(Track(Here), Track(new BoxF(200, 80, 260, 150)) with { Id = 2 });
            if (_watch.TryNext(out var track, out _))
                looked.Add(track);
        }

        looked.Count(track => track == 1).ShouldBeInRange(4, 7);
        looked.Count(track => track == 2).ShouldBeInRange(4, 7);
    }

    private static PolicySnapshot Exempting(params int[] tracks) =>
        PolicySnapshot.Create(1, new() { Rules = [new PolicyRule { When = new() { ExceptTrackIds = tracks } }] });

    private Track Track(BoxF box) => new(Me, 0, 0, 0.9f, box, box, 0, 0, _now, TimeSpan.Zero, Coasting: false);

    private void Known()
    {
        Frame(Track(Here));
        Look(_people.Anna);
        Look(_people.AnnaLater);
        Frame(Track(Here)).ShouldBeTrue();
    }

    private void Look(FaceEmbedding? seen) => _watch.Answer(Me, _tracks.Mark, seen);

    private void Next(bool cut)
    {
        _now += TimeSpan.FromMilliseconds(33);
        if (cut)
            _marks.BeginEpoch();
        _tracks.Set(_marks.Add(_frame, _now), _frame, []);
    }

    private bool Frame(params Track[] tracks)
    {
        Next(cut: false);
        _tracks.Set(_tracks.Mark, _frame, tracks);
        _watch.Follow(_tracks, _policy, _vision);
        return _tracks.IsLeftAlone(Me);
    }
}
