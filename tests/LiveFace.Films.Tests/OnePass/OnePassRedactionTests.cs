using System.Diagnostics;
using LiveFace.Films.Looks;
using LiveFace.Films.OnePass;
using LiveFace.Films.Tests.Pictures;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Tests.Files;
using LiveFace.Tests.Rooms;

namespace LiveFace.Films.Tests.OnePass;

/// <summary>Films made by the test: the portrait, panned, with a tone.</summary>
public sealed class OnePassRedactionTests : IDisposable
{
    private const int Pictures = 10;

    /// <summary>What stands beside the face, and is no face.</summary>
    private static readonly BoxF Flag = new(5, 30, 95, 300);

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-film-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string In => Path.Combine(_folder, "in.mp4");

    private string Out => Path.Combine(_folder, "out.mp4");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_face_is_hidden_in_every_picture_and_sound_and_times_stay(int every)
    {
        await MakeFilmAsync();
        var done = await Redaction(PolicyPresets.BlurFaces, await PictureRedactionTests.FacesAsync(), every).RunAsync(Cancel);
        (done.Frames, done.Covered, done.Total).ShouldBe((Pictures, 0, Pictures));
        var shown = await FacesShownAsync();
        shown.Length.ShouldBe(Pictures);
        shown.ShouldAllBe(likeness => likeness < Likeness.Shown);

        var before = await MediaProbe.ReadAsync(MediaSource.File(In), null, Cancel);
        var after = await MediaProbe.ReadAsync(MediaSource.File(Out), null, Cancel);
        after.Audio!.Codec.ShouldBe(before.Audio!.Codec);
        after.Video!.FramesPerSecond.ShouldBe(before.Video!.FramesPerSecond, 0.01);
    }

    [Fact]
    public async Task A_policy_that_hides_nothing_shows_the_face_which_shows_that_these_tests_would_see_it()
    {
        await MakeFilmAsync();
        await Redaction(PolicyPresets.OverlayBoxes, await PictureRedactionTests.FacesAsync()).RunAsync(Cancel);
        (await FacesShownAsync()).ShouldAllBe(likeness => likeness > Likeness.Shown);
    }

    [Fact]
    public async Task Pictures_that_a_model_cannot_look_at_are_covered()
    {
        await MakeFilmAsync();
        using var faulty = new FaultyDetector(await RealModels.FacesAsync()) { Fault = Fault.Throwing };
        var done = await Redaction(PolicyPresets.BlurFaces, [new FileModel("faces", faulty)]).RunAsync(Cancel);
        done.Covered.ShouldBe(Pictures);
        (await FacesShownAsync()).ShouldAllBe(likeness => likeness < Likeness.Shown);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Each_picture_without_a_look_of_its_own_is_covered_and_counted(int every)
    {
        // Three good looks, four that fail, and good ones again.
        await MakeFilmAsync();
        using var faulty = new FaultyDetector(await RealModels.FacesAsync());
        var film = new OnePassRedaction(MediaSource.File(In), MediaTarget.File(Out), PolicyPresets.BlurFaces, [new FileModel("faces", faulty)])
        {
            Tools = FfmpegTools.OnPath, Every = every, Progress = new Script(seen => faulty.Fault = seen is >= 3 and < 7 ? Fault.Throwing : Fault.None),
        };
        (await film.RunAsync(Cancel)).Covered.ShouldBe(4);
        (await FacesShownAsync()).ShouldAllBe(likeness => likeness < Likeness.Shown);
        var shown = await ShownAsync(Flag, Likeness.Of);
        for (var i = 0; i < Pictures; i++)
            (shown[i] > Likeness.Shown).ShouldBe(i is < 3 or >= 7, $"picture {i}: {shown[i]:F2}");
    }

    [Fact]
    public async Task What_breaks_off_leaves_no_file()
    {
        await MakeFilmAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var film = new OnePassRedaction(MediaSource.File(In), MediaTarget.File(Out), PolicyPresets.BlurFaces, await PictureRedactionTests.FacesAsync())
        {
            Tools = FfmpegTools.OnPath, Progress = new Stopper(stop),
        };
        await Should.ThrowAsync<OperationCanceledException>(() => film.RunAsync(stop.Token));
        Directory.GetFiles(_folder).ShouldBe([In]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private OnePassRedaction Redaction(RedactionPolicy policy, IReadOnlyList<FileModel> models, int every = 1) =>
        new(MediaSource.File(In), MediaTarget.File(Out), policy, models) { Tools = FfmpegTools.OnPath, Every = every };

    private async Task MakeFilmAsync()
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-v", "error", "-nostdin", "-y", "-loop", "1", "-framerate", "25", "-i", Portrait.Path, "-f", "lavfi", "-i", "sine=440",
            "-vf", "crop=512:384:0:2*n", "-frames:v", $"{Pictures}", "-t", "0.4", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-crf", "12", In,
        ]))!;
        await ffmpeg.WaitForExitAsync(Cancel);
        ffmpeg.ExitCode.ShouldBe(0);
    }

    /// <summary>How much of the face each picture still shows.</summary>
    private Task<double[]> FacesShownAsync() => ShownAsync(Portrait.Face, FaceIdentity.LikenessOf);

    /// <summary>How much of a part of the portrait each picture still shows.</summary>
    private async Task<double[]> ShownAsync(BoxF part, Func<byte[], byte[], int, int, BoxF, double> measure)
    {
        using var pool = new FramePool(0);
        await using var before = await FfmpegReader.OpenAsync(MediaSource.File(In), pool, cancellationToken: Cancel);
        await using var after = await FfmpegReader.OpenAsync(MediaSource.File(Out), pool, cancellationToken: Cancel);
        var shown = new List<double>();
        while (await before.ReadAsync(Cancel) is { } raw)
        {
            using var was = raw;
            using var now = (await after.ReadAsync(Cancel)).ShouldNotBeNull();
            var moved = 2 * shown.Count;
            shown.Add(measure(Portrait.LumaOf(was), Portrait.LumaOf(now), was.Width, was.Height,
                new BoxF(part.Left, part.Top - moved, part.Right, part.Bottom - moved)));
        }

        (await after.ReadAsync(Cancel)).ShouldBeNull();
        return [.. shown];
    }

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
