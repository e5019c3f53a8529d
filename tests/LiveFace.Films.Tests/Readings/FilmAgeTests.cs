using LiveFace.Films.Looks;
using LiveFace.Films.OnePass;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Detection;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Tests.Readings;

/// <summary>A rule for an age over a film, in two passes and in one: who was read often enough is shown, and everybody before.</summary>
public sealed class FilmAgeTests : IDisposable
{
    private static readonly FaceReading Adult = new(new AgeReading(40, 32, 50), null, null);
    private static readonly FaceReading Child = new(new AgeReading(9, 6, 12), null, null);

    private static readonly RedactionPolicy Under18 = new()
    {
        NothingHidden = true, Rules = [new PolicyRule { When = new() { AgeUnder = 18 } }],
    };

    private readonly PortraitFilm _film = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_adult_is_shown_after_the_first_pictures_and_a_child_or_nobody_knows_whom_never(bool onePass)
    {
        await _film.MakeAsync();
        var adult = await ShownAsync(new AlwaysReads(Adult), onePass);
        adult[0].ShouldBeFalse("nobody was read yet");
        adult[^1].ShouldBeTrue();
        (await ShownAsync(new AlwaysReads(Child), onePass)).ShouldAllBe(shown => !shown);
        (await ShownAsync(readers: null, onePass)).ShouldAllBe(shown => !shown);
    }

    public void Dispose() => _film.Dispose();

    private async Task<bool[]> ShownAsync(IFaceReaders? readers, bool onePass)
    {
        IReadOnlyList<FileModel> models = [new FileModel("faces", await RealModels.FacesAsync())];
        if (onePass)
            await new OnePassRedaction(MediaSource.File(_film.In), MediaTarget.File(_film.Out), Under18, models)
            {
                Tools = FfmpegTools.OnPath, Overwrite = true, Readers = readers,
            }.RunAsync(Cancel);
        else
            await new FilmWork(new FilmFile(_film.In, FfmpegTools.OnPath), models, Under18)
            {
                Detection = new DetectionOptions { ThoroughEvery = 1000, ThoroughAtCuts = false }, Readers = readers,
                Rendering = new RenderOptions { Tools = FfmpegTools.OnPath, Overwrite = true },
            }.RedactAsync(MediaTarget.File(_film.Out), $"{_film.Out}.boxes.json", Cancel);
        return [.. (await _film.FacesShownAsync()).Select(likeness => likeness > Likeness.Shown)];
    }
}
