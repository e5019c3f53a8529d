using LiveFace.Films.Boxes;
using LiveFace.Films.Review;
using LiveFace.Films.Tests.Boxes;

namespace LiveFace.Films.Tests.Review;

public sealed class EditLogTests : IDisposable
{
    private const int Pictures = 30;
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _path = Path.GetTempFileName();
    private readonly EditLog _log = new();

    public EditLogTests() => File.Delete(_path);

    [Fact]
    public void Every_kind_of_edit_is_read_as_it_was_written()
    {
        FilmEdit[] edits =
        [
            new HideTracks([1, 2]), new KeepTracks([3]), new KeepOnly([]), new JoinTracks(1, 2), new SplitTrack(3, 10, 9), new CutTrack(3, 4, 6),
            new AddBox(0, 0, 7, new BoxF(1, 2, 30.5f, 40), 10), new AddKeyframes(0, 0, [new(1, new(1, 2, 3, 4)), new(5, new(2, 3, 4, 5))], 11),
            new CoverTime(new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2))), new HideSound(new(TimeSpan.Zero, TimeSpan.FromSeconds(1)), SoundEdit.Mute),
            new HideSound(new(TimeSpan.Zero, TimeSpan.FromSeconds(1)), SoundEdit.Beep), new UndoEdit(3),
        ];
        foreach (var edit in edits)
            _log.Append(_path, edit, At, "someone");
        var read = EditLog.Read(_path).Edits;
        read.Select(edit => (edit.Number, edit.At.ToUniversalTime(), edit.By)).ShouldBe(Enumerable.Range(1, edits.Length).Select(number => (number, At, (string?)"someone")));
        for (var i = 0; i < edits.Length; i++)
            EditJson.Write(read[i]).ShouldBe(EditJson.Write(new LoggedEdit(i + 1, At, "someone", edits[i])));
    }

    [Fact]
    public void Tracks_are_what_the_edits_make_of_them_and_the_detectors_word_is_left()
    {
        BoxTrack[] tracks = [SampleBoxes.Track(1, 0, 10), SampleBoxes.Track(2, 12, 6), SampleBoxes.Track(3, 5, 20)];
        Add(new JoinTracks(1, 2));
        Add(new SplitTrack(3, 15, 4));
        Add(new CutTrack(1, 2, 3));
        Add(new KeepOnly([4]));
        Add(new AddKeyframes(0, 0, [new(20, new(0, 0, 10, 10)), new(24, new(8, 0, 18, 10))], 5));
        Add(new CoverTime(new(TimeSpan.Zero, TimeSpan.FromSeconds(1))));
        var reviewed = _log.ApplyTo(tracks, Pictures);

        reviewed.Tracks.Select(track => (track.Id, track.First, track.Last)).ShouldBe([(1, 0, 1), (1, 4, 9), (3, 5, 14), (1, 12, 17), (4, 15, 24), (5, 20, 24)]);
        reviewed.Hidden.Select(track => track.Id).Distinct().Order().ShouldBe([1, 3, 5]);
        reviewed.Tracks.Single(track => track.Id == 5)[22].Box.ShouldBe(new BoxF(4, 0, 14, 10));
        reviewed.Covers.Count.ShouldBe(1);
        reviewed.LastId.ShouldBe(5);
        tracks.Select(track => (track.Id, track.First, track.Last)).ShouldBe([(1, 0, 9), (2, 12, 17), (3, 5, 24)]);
    }

    [Fact]
    public void What_is_undone_does_not_count_and_an_undo_can_be_undone()
    {
        BoxTrack[] tracks = [SampleBoxes.Track(1, 0, 10)];
        Add(new KeepTracks([1]));
        Add(new UndoEdit(1));
        _log.ApplyTo(tracks, Pictures).Hidden.Count.ShouldBe(1);
        Add(new UndoEdit(2));
        _log.ApplyTo(tracks, Pictures).Hidden.Count.ShouldBe(0);
        _log.Edits.Count.ShouldBe(3);
        Should.Throw<BoxFileException>(() => Add(new UndoEdit(9)));
    }

    [Fact]
    public void A_hidden_track_that_is_joined_to_a_kept_one_hides_both()
    {
        Add(new KeepTracks([1]));
        Add(new JoinTracks(1, 2));
        _log.ApplyTo([SampleBoxes.Track(1, 0, 10), SampleBoxes.Track(2, 12, 6)], Pictures).Hidden.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"edit":2,"at":"2026-01-02T03:04:05Z","hide":[1]}""", "line 2: $.edit: expected 1")]
    [InlineData("""{"edit":1,"at":"2026-01-02T03:04:05Z","hide":[1],"keep":[1]}""", "line 2: $: expected one of hide")]
    [InlineData("""{"edit":1,"at":"2026-01-02T03:04:05Z","hide":[0]}""", "line 2: $.hide[0]: expected a whole number from 1")]
    [InlineData("""{"edit":1,"at":"2026-01-02T03:04:05Z","cover":{"from":2,"to":1}}""", "line 2: $.cover: ends before it begins")]
    [InlineData("""{"edit":1,"at":"2026-01-02T03:04:05Z","undo":1}""", "line 2: $.undo: there is no earlier edit 1")]
    [InlineData("""{"edit":1,""", "line 2: it is no JSON")]
    public void A_line_that_is_none_is_named(string line, string message)
    {
        File.WriteAllText(_path, "{\"schema\":\"liveface/edits\",\"version\":1}\n" + line + "\n");
        Should.Throw<BoxFileException>(() => EditLog.Read(_path)).Message.ShouldContain(message);
    }

    [Fact]
    public void An_edit_that_cannot_be_applied_is_named()
    {
        Add(new KeepTracks([1]));
        Add(new SplitTrack(1, 0, 7));
        Should.Throw<FileRedactionException>(() => _log.ApplyTo([SampleBoxes.Track(1, 0, 10)], Pictures)).Message
            .ShouldBe("Edit 2: Track 1 does not go on both sides of picture 0.");
    }

    public void Dispose() => File.Delete(_path);

    private void Add(FilmEdit edit) => _log.Append(_path, edit, At);
}
