using LiveFace.Redaction.Policy;
using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>What ends it that somebody is known, and what it takes to know them again.</summary>
public sealed class PeopleDoubtTests(KnownPeople people) : PeopleWatchTestBase(people), IClassFixture<KnownPeople>
{
    [Fact]
    public void Withdrawing_hides_from_the_next_frame_on_and_so_does_being_enrolled_anew_until_looks_know_them()
    {
        Known();
        _enrolled.Remove("anna", out var before);
        Frame(Me, Here).ShouldBeNull();
        _enrolled["anna"] = before!;
        Frame(Me, Here).ShouldBeNull("a look from before says nothing any more");

        Known();
        _enrolled["anna"] = FaceTemplate.Of([_people.Anna]);
        Frame(Me, Here).ShouldBeNull();
    }

    [Fact]
    public void A_template_that_was_forgotten_knows_nobody_even_while_it_is_still_held()
    {
        Known();
        _enrolled["anna"].Forget();
        Look(_people.Anna);
        Frame(Me, Here).ShouldBeNull();
    }

    [Fact]
    public void A_policy_that_names_nobody_any_more_hides_from_the_next_frame_on()
    {
        Known();
        _policy = PolicySnapshot.Create(2, PolicyPresets.BlurFaces);
        Frame(Me, Here).ShouldBeNull();
    }

    [Fact]
    public void It_ends_where_no_look_renews_it_and_where_a_look_shows_a_stranger_or_no_face()
    {
        Known();
        var frames = 0;
        while (Frame(Me, Here) is not null)
            frames++;
        frames.ShouldBeInRange(10, 19);
        foreach (var seen in (FaceEmbedding?[])[_people.Berta, null])
        {
            Known();
            Look(seen);
            Frame(Me, Here).ShouldBeNull();
        }
    }

    [Fact]
    public void After_a_doubt_two_looks_have_to_say_so_again()
    {
        var nextTo = new BoxF(Here.Right + 2, Here.Top, Here.Right + 60, Here.Bottom);
        (string What, Action Frame)[] doubts =
        [
            ("a jump", () => Frame(Track(Me, Here with { Left = Here.Left + 45, Right = Here.Right + 45 }))),
            ("a coast", () => Frame(Track(Me, Here) with { Coasting = true })),
            ("somebody near", () => Frame(Track(Me, Here), Track(Other, nextTo))),
            ("the detector's silence", () => Frame(Track(Me, Here) with { Unseen = TimeSpan.FromSeconds(0.4) })),
            ("another scene", () => { _marks.BeginEpoch(); Frame(Track(Me, Here) with { FirstSeen = TimeSpan.Zero }); }),
        ];
        foreach (var (what, doubt) in doubts)
        {
            Known();
            doubt();
            Frame(Me, Here).ShouldBeNull(what);
            Look(_people.Anna);
            Frame(Me, Here).ShouldBeNull(what);
            Look(_people.AnnaLater);
            Frame(Me, Here).ShouldBe("anna", what);
        }
    }

    [Fact]
    public void A_look_that_was_under_way_during_a_doubt_counts_for_nothing()
    {
        Frame(Me, Here);
        var before = _tracks.Mark;
        Frame(Track(Me, Here) with { Coasting = true });
        Frame(Me, Here);
        _watch.Answer(Me, before, _people.Anna);
        _watch.Answer(Me, before, _people.Anna);
        Frame(Me, Here).ShouldBeNull();
    }

    private void Known()
    {
        Frame(Me, Here);
        Look(_people.Anna);
        Look(_people.AnnaLater);
        Frame(Me, Here).ShouldBe("anna");
    }
}
