using System.Diagnostics;
using System.Globalization;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;

namespace LiveFace.Films.Tests;

/// <summary>A film made by the test: the portrait, panned, with a tone. Its folder goes with it.</summary>
internal sealed class PortraitFilm : IDisposable
{
    public const int Pictures = 10;

    /// <summary>What stands beside the face, and is no face.</summary>
    private static readonly BoxF Flag = new(5, 30, 95, 300);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Folder { get; } = Directory.CreateTempSubdirectory("liveface-film-").FullName;

    public string In => Path.Combine(Folder, "in.mp4");

    public string Out => Path.Combine(Folder, "out.mp4");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>How much of what stands beside the face each picture still shows.</summary>
    public Task<double[]> FlagsShownAsync() => ShownAsync(Flag, Likeness.Of);

    public async Task MakeAsync(int rate = 25)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-v", "error", "-nostdin", "-y", "-loop", "1", "-framerate", $"{rate}", "-i", Portrait.Path, "-f", "lavfi", "-i", "sine=440",
            "-vf", "crop=512:384:0:2*n", "-frames:v", $"{Pictures}", "-t", string.Create(CultureInfo.InvariantCulture, $"{(double)Pictures / rate}"), "-pix_fmt", "yuv420p", "-c:v", "libx264", "-crf", "12", In,
        ]))!;
        await ffmpeg.WaitForExitAsync(Cancel);
        ffmpeg.ExitCode.ShouldBe(0);
    }

    /// <summary>How much of the face each picture still shows.</summary>
    public Task<double[]> FacesShownAsync() => ShownAsync(Portrait.Face, FaceIdentity.LikenessOf);

    /// <summary>How much of a part of the portrait each picture still shows.</summary>
    private async Task<double[]> ShownAsync(BoxF part, Func<byte[], byte[], int, int, BoxF, double> measure)
    {
        using var pool = new FramePool(0);
        await using var before = await FfmpegReader.OpenAsync(MediaSource.File(In), pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancel);
        await using var after = await FfmpegReader.OpenAsync(MediaSource.File(Out), pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancel);
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
}
