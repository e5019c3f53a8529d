using LiveFace.Films.Looks;
using LiveFace.Films.OnePass;
using LiveFace.Films.Tests.Pictures;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Tests.OnePass;

public sealed class OnePassRedactionTests : IDisposable
{
    private const int Pictures = PortraitFilm.Pictures;

    private readonly PortraitFilm _film = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string In => _film.In;

    private string Out => _film.Out;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_face_is_hidden_in_every_picture_and_sound_and_times_stay(int every)
    {
        await _film.MakeAsync();
        var done = await Redaction(PolicyPresets.BlurFaces, await PictureRedactionTests.FacesAsync(), every).RunAsync(Cancel);
        (done.Frames, done.Covered, done.Total).ShouldBe((Pictures, 0, Pictures));
        var shown = await _film.FacesShownAsync();
        shown.Length.ShouldBe(Pictures);
        shown.ShouldAllBe(likeness => likeness < Likeness.Shown);

        var before = await MediaProbe.ReadAsync(MediaSource.File(In), FfmpegTools.OnPath, Cancel);
        var after = await MediaProbe.ReadAsync(MediaSource.File(Out), FfmpegTools.OnPath, Cancel);
        after.Audio!.Codec.ShouldBe(before.Audio!.Codec);
        after.Video!.FramesPerSecond.ShouldBe(before.Video!.FramesPerSecond, 0.01);
    }

    [Fact]
    public async Task A_policy_that_hides_nothing_shows_the_face_which_shows_that_these_tests_would_see_it()
    {
        await _film.MakeAsync();
        await Redaction(PolicyPresets.OverlayBoxes, await PictureRedactionTests.FacesAsync()).RunAsync(Cancel);
        (await _film.FacesShownAsync()).ShouldAllBe(likeness => likeness > Likeness.Shown);
    }

    [Fact]
    public async Task Pictures_that_a_model_cannot_look_at_are_covered()
    {
        await _film.MakeAsync();
        using var faulty = new FaultyDetector(await RealModels.FacesAsync()) { Fault = Fault.Throwing };
        var done = await Redaction(PolicyPresets.BlurFaces, [new FileModel("faces", faulty)]).RunAsync(Cancel);
        done.Covered.ShouldBe(Pictures);
        (await _film.FacesShownAsync()).ShouldAllBe(likeness => likeness < Likeness.Shown);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Each_picture_without_a_look_of_its_own_is_covered_and_counted(int every)
    {
        // Three good looks, four that fail, and good ones again.
        await _film.MakeAsync();
        using var faulty = new FaultyDetector(await RealModels.FacesAsync());
        var film = new OnePassRedaction(MediaSource.File(In), MediaTarget.File(Out), PolicyPresets.BlurFaces, [new FileModel("faces", faulty)])
        {
            Tools = FfmpegTools.OnPath, Every = every, Progress = new Script(seen => faulty.Fault = seen is >= 3 and < 7 ? Fault.Throwing : Fault.None),
        };
        (await film.RunAsync(Cancel)).Covered.ShouldBe(4);
        (await _film.FacesShownAsync()).ShouldAllBe(likeness => likeness < Likeness.Shown);
        var shown = await _film.FlagsShownAsync();
        for (var i = 0; i < Pictures; i++)
            (shown[i] > Likeness.Shown).ShouldBe(i is < 3 or >= 7, $"picture {i}: {shown[i]:F2}");
    }

    [Fact]
    public async Task What_breaks_off_leaves_no_file()
    {
        await _film.MakeAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var film = new OnePassRedaction(MediaSource.File(In), MediaTarget.File(Out), PolicyPresets.BlurFaces, await PictureRedactionTests.FacesAsync())
        {
            Tools = FfmpegTools.OnPath, Progress = new Stopper(stop),
        };
        await Should.ThrowAsync<OperationCanceledException>(() => film.RunAsync(stop.Token));
        Directory.GetFiles(_film.Folder).ShouldBe([In]);
    }

    public void Dispose() => _film.Dispose();

    private OnePassRedaction Redaction(RedactionPolicy policy, IReadOnlyList<FileModel> models, int every = 1) =>
        new(MediaSource.File(In), MediaTarget.File(Out), policy, models) { Tools = FfmpegTools.OnPath, Every = every };

    /// <summary>Told how many pictures have been looked at.</summary>
    private sealed class Script(Action<int> looked) : IProgress<OnePassProgress>
    {
        private int _looked;

        public void Report(OnePassProgress value) => looked(++_looked);
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<OnePassProgress>
    {
        public void Report(OnePassProgress value)
        {
            if (value.Frames > 2)
                stop.Cancel();
        }
    }
}
