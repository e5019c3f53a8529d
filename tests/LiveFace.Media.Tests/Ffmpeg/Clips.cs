using LiveFace.Media.Tests.Codecs;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Makes small files in a folder of their own, which goes when the test ends.</summary>
internal sealed class Clips : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("liveface-clips-").FullName;

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>A clip of one second and a half, 160×90 at 30 frames a second, with a tone; made by what <paramref name="more"/> adds.</summary>
    public async Task<string> MakeAsync(string name, CancellationToken cancellation, params string[] more)
    {
        var path = At(name);
        await OtherTools.RunAsync(
            "ffmpeg",
            [
                "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=30:duration=1.5",
                "-f", "lavfi", "-i", "sine=frequency=440:duration=1.5", "-pix_fmt", "yuv420p", .. more, path,
            ],
            [], cancellation);
        return path;
    }

    public static async Task<string> ProbeAsync(string path, string entries, CancellationToken cancellation)
    {
        var answer = await OtherTools.RunAsync("ffprobe", ["-v", "error", "-show_entries", entries, "-of", "csv=p=0", path], [], cancellation);
        return System.Text.Encoding.UTF8.GetString(answer).Trim();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
