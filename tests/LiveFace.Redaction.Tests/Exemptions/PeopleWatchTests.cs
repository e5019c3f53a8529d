using LiveFace.Media.Frames;
using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>Enrolled people in frames at 30 a second: left alone while looks say that it is them, and in no other case.</summary>
public sealed class PeopleWatchTests : IClassFixture<KnownPeople>, IDisposable
{
    private const int Me = 1;
    private const int Other = 2;
    private static readonly BoxF Here = new(20, 80, 80, 150);
    private static readonly BoxF There = new(200, 80, 260, 150);

    private readonly KnownPeople _people;
    private readonly FramePool _pool = new();
    private readonly VideoFrame _frame;
    private readonly FrameMarks _marks = new();
    private readonly VisionState _vision = new();
    private readonly ExemptionWatch _watch;
    private readonly FrameTracks _tracks = new();
    private readonly Dictionary<string, FaceTemplate> _enrolled = [];
    private PolicySnapshot _policy = Naming("anna");
    private TimeSpan _now = TimeSpan.FromSeconds(5);

    public PeopleWatchTests(KnownPeople people)
    {
        _people = people;
        _frame = _pool.Rent(320, 240);
        _vision.Add("faces", new ScriptedDetector("faces", ["face", "mask"]));
        _enrolled["anna"] = FaceTemplate.Of([people.Anna, people.AnnaLater]);
        _watch = new ExemptionWatch(people: _enrolled.GetValueOrDefault);
        Frame();
    }

    public void Dispose()
    {
        _frame.Dispose();
        _pool.Dispose();
    }

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

    private static PolicySnapshot Naming(params string[] people) =>
        PolicySnapshot.Create(1, new() { Rules = [new PolicyRule { When = new() { ExceptPeople = people } }] });

    private Track Track(int id, BoxF box) => new(id, 0, 0, 0.9f, box, box, 0, 0, _now, TimeSpan.Zero, Coasting: false);

    private void Known()
    {
        Frame(Me, Here);
        Look(_people.Anna);
        Look(_people.AnnaLater);
        Frame(Me, Here).ShouldBe("anna");
    }

    private void Look(FaceEmbedding? seen, int track = Me) => _watch.Answer(track, _tracks.Mark, seen);

    private string? Frame(int id, BoxF box)
    {
        Frame(Track(id, box));
        return _tracks.PersonOf(id);
    }

    private void Frame(params Track[] tracks)
    {
        _now += TimeSpan.FromMilliseconds(33);
        _tracks.Set(_marks.Add(_frame, _now), _frame, tracks);
        _watch.Follow(_tracks, _policy, _vision);
    }
}
