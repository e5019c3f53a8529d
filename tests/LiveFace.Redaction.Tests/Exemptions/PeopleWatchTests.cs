using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>Enrolled people in frames at 30 a second: left alone while looks say that it is them, and in no other case.</summary>
public sealed class PeopleWatchTests(KnownPeople people) : PeopleWatchTestBase(people), IClassFixture<KnownPeople>
{
    private static readonly BoxF There = new(200, 80, 260, 150);

    [Fact]
    public void Somebody_enrolled_is_known_from_the_second_look_on_whatever_their_track_is_called()
    {
        Frame(Me, Here).ShouldBeNull();
        Look(_people.Anna);
        Frame(Me, Here).ShouldBeNull();
        Look(_people.AnnaLater);
        Frame(Me, Here).ShouldBe("anna");
        // Another session: another number, and nobody chose it.
        Frame(77, Here).ShouldBeNull();
        Look(_people.Anna, 77);
        Look(_people.Anna, 77);
        Frame(77, Here).ShouldBe("anna");
    }

    [Fact]
    public void A_late_look_at_a_track_that_went_says_nothing_of_one_that_comes_back_under_its_number()
    {
        Frame(Me, Here).ShouldBeNull();
        var before = _tracks.Mark;
        Frame();
        Frame(Me, Here).ShouldBeNull();
        _watch.Answer(Me, before, _people.Anna);
        Look(_people.AnnaLater);
        Frame(Me, Here).ShouldBeNull("one look at it is not two");
        Look(_people.Anna);
        Frame(Me, Here).ShouldBe("anna");
    }

    [Fact]
    public void A_stranger_is_never_known_and_nor_is_anybody_whom_the_policy_does_not_name()
    {
        for (var i = 0; i < 60; i++)
        {
            Frame(Me, Here).ShouldBeNull();
            Look(_people.Berta);
        }

        _policy = Naming("somebody else");
        for (var i = 0; i < 60; i++)
        {
            Frame(Me, Here).ShouldBeNull();
            Look(_people.Anna);
        }
    }

    [Fact]
    public void Where_many_are_named_a_look_has_to_be_surer()
    {
        _enrolled.Clear();
        _enrolled["anna"] = Mixed(_people.Anna, _people.Berta, 0.53f);
        Frame(Me, Here);
        Look(_people.Anna);
        Look(_people.Anna);
        Frame(Me, Here).ShouldBe("anna");
        _policy = Naming("anna", "b", "c", "d", "e");
        Frame(Me, Here);
        Look(_people.Anna);
        Look(_people.Anna);
        Frame(Me, Here).ShouldBeNull();
    }

    [Fact]
    public void Who_is_about_as_like_two_of_the_named_is_neither()
    {
        _enrolled["double"] = FaceTemplate.Of([_people.Anna]);
        _policy = Naming("anna", "double");
        Frame(Me, Here);
        Look(_people.Anna);
        Look(_people.Anna);
        Frame(Me, Here).ShouldBeNull();
    }

    [Fact]
    public void Known_people_are_looked_at_before_strangers_and_strangers_ever_more_rarely()
    {
        var looked = new List<int>();
        for (var i = 0; i < 300; i++)
        {
            Frame(Track(Me, Here), Track(Other, There));
            if (!_watch.TryNext(out var track, out _))
                continue;
            looked.Add(track);
            Look(track == Me ? _people.Anna : _people.Berta, track);
        }

        looked.Count(track => track == Me).ShouldBeInRange(40, 51);
        looked.Count(track => track == Other).ShouldBeInRange(6, 12);
    }

    /// <summary>Somebody between two people, as like the first as it says.</summary>
    private static FaceTemplate Mixed(FaceEmbedding first, FaceEmbedding second, float likeness)
    {
        for (var parts = 1; parts < 40; parts++)
            if (FaceTemplate.Of([.. Enumerable.Repeat(first, parts), .. Enumerable.Repeat(second, 20)]) is var mixed && mixed.Likeness(first) >= likeness)
                return mixed.Likeness(first) < likeness + 0.02f ? mixed : throw new InvalidOperationException($"{mixed.Likeness(first)}");
        throw new InvalidOperationException();
    }
}
