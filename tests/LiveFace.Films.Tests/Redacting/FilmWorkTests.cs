using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Tests.Redacting;

public sealed class FilmWorkTests : IDisposable
{
    private readonly PortraitFilm _film = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Boxes => Path.Combine(_film.Folder, "in.boxes.json");

    [Fact]
    public async Task A_film_is_detected_linked_written_and_looked_at_again()
    {
        await _film.MakeAsync();
        var stages = new HashSet<FilmStage>();
        var done = await (await WorkAsync(progress: stages.Add)).RedactAsync(MediaTarget.File(_film.Out), Boxes, Cancel);
        (done.Pictures, done.Covered, done.Left).ShouldBe((PortraitFilm.Pictures, 0, 0));
        done.Tracks.ShouldBeGreaterThan(0);
        stages.Count.ShouldBe(4);
        var shown = await _film.FacesShownAsync();
        shown.Length.ShouldBe(PortraitFilm.Pictures);
        shown.ShouldAllBe(likeness => likeness < Likeness.Shown);
        (await _film.FlagsShownAsync()).ShouldAllBe(likeness => likeness > Likeness.Shown);
        Directory.GetFiles(_film.Folder).Order().ShouldBe(new[] { Boxes, _film.In, _film.Out }.Order());
        using var boxes = BoxFileReader.Open(Boxes);
        boxes.Head.Tracks!.Count.ShouldBeGreaterThan(0);
        boxes.Head.Film.Name.ShouldBe("in.mp4");
    }

    [Fact]
    public async Task A_track_that_is_kept_is_shown_and_undone_it_is_hidden()
    {
        await _film.MakeAsync();
        var work = await WorkAsync();
        await work.DetectAsync(Boxes, FilmPart.All, Cancel);
        await work.LinkAsync(Boxes, Boxes, Cancel);
        var log = new EditLog();
        var path = EditLog.PathFor(Boxes);
        var at = DateTimeOffset.UnixEpoch;
        int[] tracks;
        using (var reader = BoxFileReader.Open(Boxes))
            tracks = [.. reader.Head.Tracks!.Select(track => track.Id)];
        log.Append(path, new KeepOnly(tracks), at);
        await work.RenderAsync(Boxes, await work.ReviewAsync(Boxes, EditLog.Read(path), Cancel), MediaTarget.File(_film.Out), Cancel);
        (await _film.FacesShownAsync()).ShouldAllBe(likeness => likeness > Likeness.Shown);

        log.Append(path, new UndoEdit(1), at);
        await work.RenderAsync(Boxes, await work.ReviewAsync(Boxes, EditLog.Read(path), Cancel), MediaTarget.File(_film.Out), Cancel);
        (await _film.FacesShownAsync()).ShouldAllBe(likeness => likeness < Likeness.Shown);
    }

    [Fact] // Else each round that covers what the one before missed throws the dice for all other pictures anew.
    public async Task A_film_that_is_written_twice_is_the_same_film()
    {
        await _film.MakeAsync();
        var work = await WorkAsync();
        await work.DetectAsync(Boxes, FilmPart.All, Cancel);
        await work.LinkAsync(Boxes, Boxes, Cancel);
        var written = new List<byte[]>();
        for (var i = 0; i < 2; i++)
        {
            await work.RenderAsync(Boxes, await work.ReviewAsync(Boxes, new EditLog(), Cancel), MediaTarget.File(_film.Out), Cancel);
            written.Add(await File.ReadAllBytesAsync(_film.Out, Cancel));
        }

        written[1].ShouldBe(written[0]);
    }

    [Fact]
    public async Task A_picture_is_shown_by_a_sound_look_at_that_very_picture_alone()
    {
        await _film.MakeAsync();
        var work = await WorkAsync();
        await work.DetectAsync(Boxes, FilmPart.All, Cancel);
        await work.LinkAsync(Boxes, Boxes, Cancel);
        Change(Boxes, picture =>
        {
            if (picture.Index == 2)
                picture.Print++;
            if (picture.Index == 4)
                picture.Looks[0] = picture.Looks[0] with { Verdict = Vision.Detection.DetectionVerdict.Failed };
            if (picture.Index == 6)
                picture.Looks.Clear();
            if (picture.Index == 8)
                picture.Looks[0] = picture.Looks[0] with { SmallestFace = 500 };
        });
        var done = await work.RenderAsync(Boxes, await work.ReviewAsync(Boxes, new EditLog(), Cancel), MediaTarget.File(_film.Out), Cancel);
        done.Unlooked.ShouldBe(3);
        var shown = await _film.FlagsShownAsync();
        for (var i = 0; i < PortraitFilm.Pictures; i++)
            (shown[i] > Likeness.Shown).ShouldBe(i is not (2 or 4 or 6), $"picture {i}: {shown[i]:F2}");
    }

    [Fact]
    public async Task The_second_look_covers_what_the_first_did_not_find()
    {
        await _film.MakeAsync();
        var boxes = Boxes;
        var work = await WorkAsync();
        await work.DetectAsync(boxes, FilmPart.All, Cancel);
        Change(boxes, picture => picture.Found.Clear());
        var done = await work.FinishAsync(MediaTarget.File(_film.Out), boxes, new EditLog(), Cancel);
        done.Rounds.ShouldBeGreaterThan(1);
        done.FoundAgain[0].ShouldBeGreaterThanOrEqualTo(PortraitFilm.Pictures / 2);
        done.Left.ShouldBe(0);
        (await _film.FacesShownAsync()).ShouldAllBe(likeness => likeness < Likeness.Shown);
    }

    [Fact]
    public async Task What_cannot_be_cleared_leaves_no_film()
    {
        await _film.MakeAsync();
        var work = await WorkAsync(rounds: 1);
        await work.DetectAsync(Boxes, FilmPart.All, Cancel);
        Change(Boxes, picture => picture.Found.Clear());
        var error = await Should.ThrowAsync<FileRedactionException>(() => work.FinishAsync(MediaTarget.File(_film.Out), Boxes, new EditLog(), Cancel));
        error.Message.ShouldContain("still sure of something");
        Directory.GetFiles(_film.Folder).Order().ShouldBe(new[] { Boxes, _film.In }.Order());
    }

    [Fact]
    public async Task Parts_put_together_are_the_whole()
    {
        await _film.MakeAsync();
        var work = await WorkAsync();
        await work.DetectAsync(Boxes, FilmPart.All, Cancel);
        var middle = TimeSpan.FromSeconds(0.18);
        string[] parts = [Path.Combine(_film.Folder, "a.json"), Path.Combine(_film.Folder, "b.json")];
        await work.DetectAsync(parts[0], new FilmPart(null, middle), Cancel);
        await work.DetectAsync(parts[1], new FilmPart(middle, null), Cancel);
        var merged = Path.Combine(_film.Folder, "merged.json");
        await FilmWork.MergeAsync(parts, merged);
        var (whole, together) = (Prints(Boxes), Prints(merged));
        whole.Count.ShouldBe(PortraitFilm.Pictures);
        together.ShouldBe(whole);
        await Should.ThrowAsync<BoxFileException>(() => FilmWork.MergeAsync([parts[1], parts[0]], merged));
        await Should.ThrowAsync<BoxFileException>(() => FilmWork.MergeAsync([parts[0]], merged));
    }

    [Fact]
    public async Task The_box_file_of_another_film_is_refused()
    {
        await _film.MakeAsync();
        var work = await WorkAsync();
        await work.DetectAsync(Boxes, FilmPart.All, Cancel);
        await work.LinkAsync(Boxes, Boxes, Cancel);
        await File.AppendAllTextAsync(_film.In, "more", Cancel);
        work = await WorkAsync();
        var error = await Should.ThrowAsync<BoxFileException>(async () =>
            await work.RenderAsync(Boxes, await work.ReviewAsync(Boxes, new EditLog(), Cancel), MediaTarget.File(_film.Out), Cancel));
        error.Message.ShouldContain("another film");
        File.Exists(_film.Out).ShouldBeFalse();
    }

    public void Dispose() => _film.Dispose();

    private static List<(ulong Print, TimeSpan At)> Prints(string boxes)
    {
        using var reader = BoxFileReader.Open(boxes);
        var prints = new List<(ulong, TimeSpan)>();
        for (var picture = new BoxPicture(); reader.TryNext(picture);)
            prints.Add((picture.Print, picture.At));
        return prints;
    }

    /// <summary>Writes a box file again, changed.</summary>
    private static void Change(string boxes, Action<BoxPicture> change)
    {
        var (head, pictures) = Tests.Boxes.SampleBoxes.Read(File.OpenRead(boxes));
        using var stream = File.Create(boxes);
        using var writer = new BoxFileWriter(stream, head);
        foreach (var picture in pictures)
        {
            change(picture);
            writer.Write(picture);
        }

        writer.Finish();
    }

    private async Task<FilmWork> WorkAsync(Func<FilmStage, bool>? progress = null, int rounds = FilmWork.UsualRounds)
    {
        IReadOnlyList<FileModel> models = [new FileModel("faces", await RealModels.FacesAsync())];
        return new FilmWork(new FilmFile(_film.In, FfmpegTools.OnPath), models, PolicyPresets.BlurFaces)
        {
            Detection = new DetectionOptions { ThoroughEvery = 1000, ThoroughAtCuts = false }, Rendering = new RenderOptions { Tools = FfmpegTools.OnPath, Overwrite = true }, MostRounds = rounds,
            Progress = progress is null ? null : new Told(progress),
        };
    }

    private sealed class Told(Func<FilmStage, bool> stage) : IProgress<FilmProgress>
    {
        public void Report(FilmProgress value)
        {
            lock (this)
                stage(value.Stage);
        }
    }
}
