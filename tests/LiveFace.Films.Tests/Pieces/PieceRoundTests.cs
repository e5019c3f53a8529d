using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Films.Pieces;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Tests.Pieces;

/// <summary>The second look at a film that is written in pieces, with a real model.</summary>
public sealed class PieceRoundTests : IDisposable
{
    private readonly PortraitFilm _film = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_look_at_the_pieces_finds_is_covered_in_another_round()
    {
        var (work, pieces, boxes) = await BeginAsync(FilmWork.UsualRounds);
        var found = new List<int>();
        RoundEnd end;
        do
            (end, _) = await RoundAsync(work, pieces, boxes, found);
        while (end.Film is null);

        found[0].ShouldBeGreaterThanOrEqualTo(PortraitFilm.Pictures / 2);
        (end.Film.Rounds, end.Film.Left, end.Film.Covered).ShouldBe((found.Count, 0, 0));
        end.Film.Rounds.ShouldBeGreaterThan(1);
        end.Film.FoundAgain.ShouldBe(found);
        end.Film.Tracks.ShouldBeGreaterThan(0);
        (await _film.FacesShownAsync()).ShouldAllBe(likeness => likeness < Likeness.Shown);
    }

    [Fact]
    public async Task What_cannot_be_cleared_leaves_no_film()
    {
        var (work, pieces, boxes) = await BeginAsync(mostRounds: 1);
        var error = await Should.ThrowAsync<FileRedactionException>(() => RoundAsync(work, pieces, boxes, []));
        error.Message.ShouldContain("still sure of something");
        File.Exists(_film.Out).ShouldBeFalse();
    }

    public void Dispose() => _film.Dispose();

    private async Task<(RoundEnd End, PiecePlan Plan)> RoundAsync(FilmWork work, PieceWork pieces, string boxes, List<int> found)
    {
        var reviewed = await work.ReviewAsync(boxes, new EditLog(), Cancel);
        var target = MediaTarget.File(_film.Out);
        var plan = pieces.Plan(boxes, reviewed, target, _film.Folder, TimeSpan.FromSeconds(0.15)).ShouldNotBeNull();
        foreach (var piece in plan.Pieces.Where(piece => !PieceWork.IsDone(plan, piece, _film.Folder)))
            await pieces.RenderAsync(plan, piece, _film.Folder, Cancel);
        var end = await pieces.FinishAsync(plan, _film.Folder, found, boxes, reviewed, target, Cancel);
        found.Add(end.Found);
        return (end, plan);
    }

    /// <summary>A film in which the first look found nothing.</summary>
    private async Task<(FilmWork Work, PieceWork Pieces, string Boxes)> BeginAsync(int mostRounds)
    {
        await _film.MakeAsync();
        var boxes = Path.Combine(_film.Folder, "in.boxes.json");
        IReadOnlyList<FileModel> models = [new FileModel("faces", await RealModels.FacesAsync())];
        var detection = new DetectionOptions { ThoroughEvery = 1000, ThoroughAtCuts = false };
        var options = new RenderOptions { Tools = FfmpegTools.OnPath, Overwrite = true };
        var film = new FilmFile(_film.In, FfmpegTools.OnPath);
        var work = new FilmWork(film, models, PolicyPresets.BlurFaces) { Detection = detection, Rendering = options };
        await work.DetectAsync(boxes, FilmPart.All, Cancel);
        var (head, pictures) = Tests.Boxes.SampleBoxes.Read(File.OpenRead(boxes));
        using (var stream = File.Create(boxes))
        using (var writer = new BoxFileWriter(stream, head with { Tracks = [] }))
        {
            foreach (var picture in pictures)
            {
                picture.Found.Clear();
                writer.Write(picture);
            }

            writer.Finish();
        }

        return (work, new PieceWork(work, film, models, PolicyPresets.BlurFaces) { Detection = detection, Rendering = options, MostRounds = mostRounds }, boxes);
    }
}
