using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Codecs;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Films with the sound of another.</summary>
public abstract class SoundTestBase : ClipTestBase
{
    private protected static readonly string[] Outputs = ["mp4", "webm", "mkv"];

    private protected async Task WriteAsync(string source, string path)
    {
        await using var writer = await FfmpegWriter.OpenAsync(
            MediaTarget.File(path), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath, AudioFrom = MediaSource.File(source), Overwrite = true }, Cancellation);
        for (var i = 0; i < 3; i++)
        {
            using var picture = RandomPictures.Waves(_pool, 64, 48, i * 0.1);
            picture.CaptureTime = TimeSpan.FromMilliseconds(100 * i);
            await writer.WriteAsync(Openly.Redacted(picture), Cancellation);
        }

        await writer.FinishAsync(Cancellation);
    }

    private protected static Task<byte[]> SamplesAsync(string path) =>
        OtherTools.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-map", "0:a", "-f", "s16le", "-"], [], Cancellation);
}
