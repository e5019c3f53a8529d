using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Writes pictures that wave, at an uneven beat.</summary>
public abstract class FfmpegWriterTestBase : ClipTestBase
{
    /// <summary>An uneven beat, so that a constant frame rate would show.</summary>
    private protected static readonly int[] Milliseconds = [0, 33, 66, 150, 151, 200, 400, 433, 500, 900];

    private protected async Task WriteAsync(string path, FfmpegWriterSettings settings)
    {
        await using var writer = await FfmpegWriter.OpenAsync(MediaTarget.File(path), settings, Cancellation);
        for (var i = 0; i < Milliseconds.Length; i++)
        {
            using var picture = RandomPictures.Waves(_pool, 322, 182, i * 0.1);
            picture.CaptureTime = TimeSpan.FromMilliseconds(Milliseconds[i]);
            (await writer.WriteAsync(Openly.Redacted(picture), Cancellation)).ShouldBeTrue();
        }

        await writer.FinishAsync(Cancellation);
    }
}
