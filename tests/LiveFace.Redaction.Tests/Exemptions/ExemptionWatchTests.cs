using LiveFace.Redaction.Policy;
using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>Who is left alone, in frames at 30 a second: nobody of whom it is not known.</summary>
public sealed class ExemptionWatchTests(KnownPeople people) : ExemptionWatchTestBase(people), IClassFixture<KnownPeople>
{
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
}
