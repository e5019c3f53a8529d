using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>What ends an exemption at once: neighbours, jumps, cuts, and what is no face.</summary>
public sealed class ExemptionDoubtTests(KnownPeople people) : ExemptionWatchTestBase(people), IClassFixture<KnownPeople>
{
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
}
