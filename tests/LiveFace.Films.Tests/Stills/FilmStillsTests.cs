using System.Diagnostics;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Redacting;
using LiveFace.Films.Review;
using LiveFace.Films.Stills;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Tests.Stills;

public sealed class FilmStillsTests : IDisposable
{
    private const int Pictures = 24;

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-stills-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("12")]
    [InlineData("15")]
    [InlineData("30000/1001")]
    public async Task Each_picture_is_found_by_its_number_however_its_time_was_rounded(string rate)
    {
        var (input, boxes) = (Path.Combine(_folder, "in.mp4"), Path.Combine(_folder, "in.boxes.json"));
        await MakeAsync(input, rate);
        var film = new FilmFile(input, FfmpegTools.OnPath);
        await new FilmWork(film, [], FilmStills.AsTheyAre) { Rendering = new() { Tools = FfmpegTools.OnPath } }.DetectAsync(boxes, FilmPart.All, Cancel);
        var stills = new FilmStills(film, PictureIndex.Read(boxes));
        for (var i = 0; i < Pictures; i++)
        {
            var file = await stills.ReadAsync(i, FilmStills.AsTheyAre, ReviewedTracks.Of([]), region: null, widest: null, Cancel);
            using var pool = new FramePool(0);
            using var picture = ImageFile.Decode(file, pool);
            ((double)picture.RowY(picture.Height / 2)[picture.Width / 2]).ShouldBe(Grey(i), tolerance: 2, $"picture {i}");
        }
    }

    private static int Grey(int picture) => 40 + 7 * picture;

    /// <summary>A film whose pictures are grey, each a little brighter than the one before.</summary>
    private static async Task MakeAsync(string path, string rate)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", $"nullsrc=s=64x48:r={rate},geq=lum='{Grey(0)}+N*7':cb=128:cr=128",
            "-frames:v", $"{Pictures}", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-crf", "1", "-g", "6", path,
        ]))!;
        await ffmpeg.WaitForExitAsync(Cancel);
        ffmpeg.ExitCode.ShouldBe(0);
    }
}
