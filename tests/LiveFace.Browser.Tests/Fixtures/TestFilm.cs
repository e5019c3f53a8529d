using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>Films made of the portrait by FFmpeg, and what is in a film.</summary>
internal static class TestFilm
{
    public const int SoundRate = 16000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A film of the portrait through a filter, with FFmpeg's arguments for the rest.</summary>
    public static async Task<byte[]> MakeAsync(int rate, int pictures, string filter, params string[] sound)
    {
        using var folder = new Folder();
        await FfmpegAsync([
            "-loop", "1", "-framerate", $"{rate}", "-i", Portrait.Path, .. sound, "-filter_complex", filter,
            "-t", (pictures / (double)rate).ToString(CultureInfo.InvariantCulture), "-c:v", "libx264", "-g", "5", "-pix_fmt", "yuv420p", folder.Film]);
        return await File.ReadAllBytesAsync(folder.Film, Cancel);
    }

    /// <summary>The portrait as a GIF or an animated PNG of a few pictures, each a little brighter.</summary>
    public static async Task<byte[]> MovingAsync(string format, int pictures)
    {
        using var folder = new Folder();
        await FfmpegAsync(
            "-loop", "1", "-framerate", "5", "-i", Portrait.Path, "-vf", "eq=brightness=0.02*n:eval=frame", "-frames:v", $"{pictures}",
            "-f", format, folder.Of("moving"));
        return await File.ReadAllBytesAsync(folder.Of("moving"), Cancel);
    }

    /// <summary>One picture of a film.</summary>
    public static async Task<Snapshot> PictureAsync(byte[] film, int number = 0)
    {
        using var folder = new Folder();
        await File.WriteAllBytesAsync(folder.Film, film, Cancel);
        await FfmpegAsync("-i", folder.Film, "-vf", $"select=eq(n\\,{number})", "-frames:v", "1", folder.Of("picture.png"));
        return FilesPage.Read(await File.ReadAllBytesAsync(folder.Of("picture.png"), Cancel));
    }

    /// <summary>The sound of a film, as one channel.</summary>
    public static async Task<short[]> SoundAsync(byte[] film)
    {
        using var folder = new Folder();
        await File.WriteAllBytesAsync(folder.Film, film, Cancel);
        await FfmpegAsync("-i", folder.Film, "-ac", "1", "-ar", $"{SoundRate}", "-f", "s16le", folder.Of("sound.pcm"));
        return MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(folder.Of("sound.pcm"), Cancel)).ToArray();
    }

    /// <summary>How loud a part of a sound is, in levels.</summary>
    public static double Loudness(short[] sound, double from, double to) =>
        sound.Skip((int)(from * SoundRate)).Take((int)((to - from) * SoundRate)).Average(level => Math.Abs((double)level));

    public static async Task FfmpegAsync(params string[] arguments)
    {
        using var ffmpeg = Process.Start("ffmpeg", ["-v", "error", "-y", .. arguments]);
        await ffmpeg.WaitForExitAsync(Cancel);
        ffmpeg.ExitCode.ShouldBe(0);
    }

    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("liveface-film-").FullName;

        public string Film => Of("film.mp4");

        public string Of(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
