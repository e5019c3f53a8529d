using System.Text;
using LiveFace.Films.Boxes;
using LiveFace.Films.Looks;
using LiveFace.Films.Redacting;
using LiveFace.Films.Review;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Tests.Redacting;

/// <summary>A picture that is reviewed, by the file that comes out: what is not known to have been looked at, or is still to be found, is handed out by none.</summary>
public sealed class StillWorkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-still-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Boxes => Path.Combine(_folder, "picture.boxes.json");

    private string Picture => Path.Combine(_folder, "picture");

    [Fact]
    public async Task A_second_look_covers_what_the_first_did_not_find()
    {
        var work = await LookedAsync();
        Change(picture => picture.Found.Clear());
        Portrait.FaceIn((await work(1000).FinishAsync(Boxes, new EditLog(), Cancel)).File).ShouldBeLessThan(Likeness.Shown);
        var (_, done) = await work(1000).FinishAsync(Boxes, new EditLog(), Cancel);
        (done.Rounds, done.Left).ShouldBe((1, 0), "what was found again stands in the box file");
    }

    [Fact]
    public async Task What_cannot_be_cleared_is_handed_out_by_nobody()
    {
        var work = await LookedAsync();
        Change(picture => picture.Found.Clear());
        (await Should.ThrowAsync<FileRedactionException>(() => work(1).FinishAsync(Boxes, new EditLog(), Cancel))).Message.ShouldContain("still sure of something");
        Directory.GetFiles(_folder).Order().ShouldBe(new[] { Boxes, Picture }.Order());
    }

    [Fact]
    public async Task What_cannot_be_cleared_is_handed_out_and_counted_where_that_was_said()
    {
        await LookedAsync();
        Change(picture => picture.Found.Clear());
        var work = new StillWork(StillFilm.File(Picture, FilmVault.Plain), FilmVault.Plain, await ModelsAsync(), PolicyPresets.BlurFaces) { MostRounds = 1, AllowsFinds = true };
        var (file, done) = await work.FinishAsync(Boxes, new EditLog(), Cancel);
        done.Left.ShouldBeGreaterThan(0);
        Portrait.FaceIn(file).ShouldBeGreaterThan(Likeness.Shown);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("none")]
    [InlineData("another")]
    public async Task A_picture_without_a_sound_look_at_itself_is_not_written(string look)
    {
        var work = await LookedAsync();
        Change(picture =>
        {
            if (look == "failed")
                picture.Looks[0] = picture.Looks[0] with { Verdict = DetectionVerdict.Failed };
            if (look == "none")
                picture.Looks.Clear();
            if (look == "another")
                picture.Print++;
        });
        (await Should.ThrowAsync<FileRedactionException>(() => work(6).FinishAsync(Boxes, new EditLog(), Cancel))).Message.ShouldContain("could not be looked at");
    }

    [Fact]
    public async Task A_model_that_throws_gives_no_picture()
    {
        await File.WriteAllBytesAsync(Picture, await File.ReadAllBytesAsync(Portrait.Path, Cancel), Cancel);
        using var faulty = new FaultyDetector(await RealModels.FacesAsync()) { Fault = Fault.Throwing };
        var work = new StillWork(StillFilm.File(Picture, FilmVault.Plain), FilmVault.Plain, [new FileModel("faces", faulty)], PolicyPresets.BlurFaces);
        await work.DetectAsync(Boxes, Cancel);
        await Should.ThrowAsync<FileRedactionException>(() => work.FinishAsync(Boxes, new EditLog(), Cancel));
    }

    [Fact]
    public async Task The_box_file_of_another_picture_is_refused()
    {
        var work = await LookedAsync();
        await File.AppendAllTextAsync(Picture, "more", Cancel);
        (await Should.ThrowAsync<BoxFileException>(() => work(6).FinishAsync(Boxes, new EditLog(), Cancel))).Message.ShouldContain("another picture");
    }

    [Fact]
    public async Task What_the_file_said_beside_its_picture_is_gone()
    {
        var original = TestPng.Of(64, 64, 0x808080FF, ("tEXt", Encoding.ASCII.GetBytes("Comment\0taken at 52.5 north")));
        await File.WriteAllBytesAsync(Picture, original, Cancel);
        var work = await WorkAsync(6);
        await work.DetectAsync(Boxes, Cancel);
        var (file, _) = await work.FinishAsync(Boxes, new EditLog(), Cancel);
        Encoding.Latin1.GetString(original).ShouldContain("north");
        Encoding.Latin1.GetString(file).ShouldNotContain("north");
        ImageFile.Identify(file).Format.ShouldBe(ImageFormat.Png);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The portrait, looked at and linked; and its work, with so many rounds, however often it is begun.</summary>
    private async Task<Func<int, StillWork>> LookedAsync()
    {
        File.Copy(Portrait.Path, Picture);
        await (await WorkAsync(6)).DetectAsync(Boxes, Cancel);
        var models = await ModelsAsync();
        return rounds => Work(models, rounds);
    }

    private async Task<StillWork> WorkAsync(int rounds) => Work(await ModelsAsync(), rounds);

    private StillWork Work(IReadOnlyList<FileModel> models, int rounds) =>
        new(StillFilm.File(Picture, FilmVault.Plain), FilmVault.Plain, models, PolicyPresets.BlurFaces) { MostRounds = rounds };

    private static async Task<IReadOnlyList<FileModel>> ModelsAsync() => [new FileModel("faces", await RealModels.FacesAsync())];

    /// <summary>Writes the box file again, changed and with what is linked of it then.</summary>
    private void Change(Action<BoxPicture> change)
    {
        var (head, pictures) = Tests.Boxes.SampleBoxes.Read(File.OpenRead(Boxes));
        pictures.ForEach(change);
        using var stream = File.Create(Boxes);
        using var writer = new BoxFileWriter(stream, head with { Tracks = pictures[0].Found.Count == 0 ? [] : head.Tracks });
        pictures.ForEach(writer.Write);
        writer.Finish();
    }
}
