using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Readings;

/// <summary>Doubts about who somebody is or how old hide them.</summary>
public sealed class ReadingDoubtTests : ReadingRig
{
    private static readonly TimeSpan Began = TimeSpan.FromSeconds(5.033);

    [Theory]
    // The range reaches four years below, and half as far again counts.
    [InlineData(24, false)]
    [InlineData(24.05f, true)]
    [InlineData(22.5f, false)]
    [InlineData(17, false)]
    [InlineData(5, false)]
    public void A_range_that_touches_the_age_is_in_doubt(float years, bool shown)
    {
        Known(years);
        IsShown(1).ShouldBe(shown);
    }

    [Fact]
    public void One_reading_that_may_be_of_a_child_hides_at_once()
    {
        Known(40);
        Read(1, Aged(22));
        Frame(Face(1, Here, Began));
        IsShown(1).ShouldBeFalse();
        Read(1, Aged(40));
        Frame(Face(1, Here, Began));
        IsShown(1).ShouldBeTrue("all of them together, and the newest, say so");
    }

    public static TheoryData<string, Func<ReadingDoubtTests, Track[]>> Doubts => new()
    {
        { "it coasts", rig => [rig.Face(1, Here, Began) with { Coasting = true }] },
        { "the detector has not seen it", rig => [rig.Face(1, Here, Began) with { Unseen = TimeSpan.FromMilliseconds(300) }] },
        { "another face is near", rig => [rig.Face(1, Here, Began), rig.Face(2, new BoxF(164, 90, 190, 120))] },
        { "it jumps", rig => [rig.Face(1, new BoxF(150, 80, 210, 150), Began)] },
        { "it is no face any more", rig => [rig.Face(1, Here, Began) with { Class = 1 }] },
        { "it is gone and comes back", _ => [] },
    };

    [Theory]
    [MemberData(nameof(Doubts))]
    public void A_doubt_about_who_it_is_hides_until_it_was_read_anew(string why, Func<ReadingDoubtTests, Track[]> doubt)
    {
        Known(40);
        var before = Tracks.Mark;
        var tracks = doubt(this);
        Frame(tracks);
        IsShown(1).ShouldBeFalse(why);
        var box = tracks is [{ Class: 0 } track, ..] ? track.Box : Here;
        Frame(Face(1, box, Began));
        IsShown(1).ShouldBeFalse(why);
        // What was read of an older frame comes late, and says nothing of who is there now.
        for (var i = 0; i < 5; i++)
            Watch.Answer(1, before, Aged(40));
        Frame(Face(1, box, Began));
        IsShown(1).ShouldBeFalse(why);
        for (var i = 0; i < 3; i++)
        {
            Read(1, Aged(40));
            Frame(Face(1, box, Began));
        }

        IsShown(1).ShouldBeTrue(why);
    }

    [Fact]
    public void A_cut_forgets_what_was_read_for_people_too()
    {
        Known(40);
        Tracks.TryReading(1, out _).ShouldBeTrue();
        Cut();
        Frame(Face(1, Here, Began));
        Tracks.TryReading(1, out _).ShouldBeFalse();
        IsShown(1).ShouldBeFalse();
    }

    private void Known(float years)
    {
        Frame(Face(1, Here, Began));
        for (var i = 0; i < 3; i++)
            Read(1, Aged(years));
        Frame(Face(1, Here, Began));
    }
}
