using System.Diagnostics;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Tests.Files;
using LiveFace.Tests.Rooms;

namespace LiveFace.Tests.Jobs;

/// <summary>Films of the portrait, panned up and down, made by the test; and how much of the face one of them shows.</summary>
internal static class JobFilm
{
    /// <summary>One model alone, so that the test takes seconds, and nothing of what is hidden left to be mistaken for a face.</summary>
    public const string Policy = """{"rules":[{"when":{"model":"ultraface","classes":"all"},"where":"box","how":{"effect":"solid"}}]}""";

    private const int Swing = 30;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The query of a job that goes by <see cref="Policy"/>.</summary>
    public static string Query(string more = "") => $"/api/jobs?policy={Uri.EscapeDataString(Policy)}&name=talk.mp4{more}";

    public static Task<byte[]> MakeAsync(int pictures) => MakeAsync(pictures, "mp4", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-crf", "12", "-g", "5");

    public static async Task<byte[]> MakeAsync(int pictures, string kind, params string[] encoding)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.{kind}");
        try
        {
            using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
            [
                "-v", "error", "-nostdin", "-y", "-loop", "1", "-framerate", "5", "-i", Portrait.Path, "-vf", $"crop=512:384:0:mod(n\\,{Swing})",
                "-frames:v", $"{pictures}", .. encoding, path,
            ]))!;
            await ffmpeg.WaitForExitAsync(Cancel);
            ffmpeg.ExitCode.ShouldBe(0);
            return await File.ReadAllBytesAsync(path, Cancel);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>How much of the face each picture still shows.</summary>
    public static async Task<double[]> FacesShownAsync(byte[] before, byte[] after)
    {
        var folder = Directory.CreateTempSubdirectory("liveface-shown-");
        try
        {
            var (first, second) = (Path.Combine(folder.FullName, "a"), Path.Combine(folder.FullName, "b"));
            await File.WriteAllBytesAsync(first, before, Cancel);
            await File.WriteAllBytesAsync(second, after, Cancel);
            using var pool = new FramePool(0);
            await using var was = await FfmpegReader.OpenAsync(MediaSource.File(first), pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancel);
            await using var now = await FfmpegReader.OpenAsync(MediaSource.File(second), pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancel);
            var shown = new List<double>();
            while (await was.ReadAsync(Cancel) is { } raw)
            {
                using var one = raw;
                using var other = (await now.ReadAsync(Cancel)).ShouldNotBeNull();
                shown.Add(LikenessOf(one, other, shown.Count % Swing));
            }

            (await now.ReadAsync(Cancel)).ShouldBeNull();
            return [.. shown];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static double LikenessOf(VideoFrame was, VideoFrame now, int moved) => FaceIdentity.LikenessOf(
        Portrait.LumaOf(was), Portrait.LumaOf(now), was.Width, was.Height,
        new BoxF(Portrait.Face.Left, Portrait.Face.Top - moved, Portrait.Face.Right, Portrait.Face.Bottom - moved));
}
