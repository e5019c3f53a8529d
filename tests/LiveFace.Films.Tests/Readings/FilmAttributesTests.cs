using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Tests.Readings;

/// <summary>What a box file tells of faces: only what was asked, twice a second, and summed up for each track.</summary>
public sealed class FilmAttributesTests : IDisposable
{
    private static readonly FaceReading Known = new(
        new AgeReading(40, 32, 50), new GenderReading(FaceGender.Female, 0.9f, false), new EmotionReading("happy", 0.8f, "happy"));

    private readonly PortraitFilm _film = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_and_tracks_are_told_what_was_asked_of_them_and_nothing_else()
    {
        await _film.MakeAsync(rate: 10);
        var boxes = await LinkAsync(FaceTraits.Age | FaceTraits.Emotion);
        using var reader = BoxFileReader.Open(boxes);
        reader.Head.Attributes.ShouldBe(FaceTraits.Age | FaceTraits.Emotion);
        var track = reader.Head.Tracks!.MaxBy(one => one.Boxes.Length)!;
        track.Read.ShouldBe(new FaceAttributes(new FaceAttributes.AgeRange(40, 32, 50), null, new FaceAttributes.Word("happy", 0.8f)));
        var (picture, read, last) = (new BoxPicture(), 0, TimeSpan.MinValue);
        while (reader.TryNext(picture))
        {
            if (!picture.Found.Any(find => find.Read is not null))
                continue;
            read++;
            picture.Found.Where(find => find.Read is not null).ShouldAllBe(find => find.Read!.Gender == null);
            if (last != TimeSpan.MinValue)
                (picture.At - last).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.5));
            last = picture.At;
        }

        read.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_read_unless_it_is_asked()
    {
        await _film.MakeAsync(rate: 10);
        var boxes = await LinkAsync(FaceTraits.None);
        var text = await File.ReadAllTextAsync(boxes, Cancel);
        text.ShouldContain("\"version\":1,");
        text.ShouldNotContain("attributes");
    }

    [Fact]
    public async Task Parts_that_were_asked_for_different_things_are_not_one_film()
    {
        await _film.MakeAsync(rate: 10);
        var (first, second) = ($"{_film.Out}.a.json", $"{_film.Out}.b.json");
        var middle = TimeSpan.FromSeconds(0.5);
        await (await WorkAsync(FaceTraits.Age)).DetectAsync(first, new FilmPart(null, middle), Cancel);
        await (await WorkAsync(FaceTraits.None)).DetectAsync(second, new FilmPart(middle, null), Cancel);
        (await Should.ThrowAsync<BoxFileException>(() => FilmWork.MergeAsync([first, second], $"{_film.Out}.boxes.json"))).Message.ShouldContain("other attributes");
    }

    public void Dispose() => _film.Dispose();

    private async Task<string> LinkAsync(FaceTraits asked)
    {
        var boxes = $"{_film.Out}.boxes.json";
        var work = await WorkAsync(asked);
        await work.DetectAsync(boxes, FilmPart.All, Cancel);
        await work.LinkAsync(boxes, boxes, Cancel);
        return boxes;
    }

    private async Task<FilmWork> WorkAsync(FaceTraits asked)
    {
        IReadOnlyList<FileModel> models = [new FileModel("faces", await RealModels.FacesAsync())];
        return new FilmWork(new FilmFile(_film.In, FfmpegTools.OnPath), models, PolicyPresets.BlurFaces)
        {
            Detection = new DetectionOptions { ThoroughEvery = 1000, ThoroughAtCuts = false },
            Attributes = asked == FaceTraits.None ? null : new AskedReaders(new AlwaysReads(Known), asked),
            Rendering = new RenderOptions { Tools = FfmpegTools.OnPath, Overwrite = true },
        };
    }
}
