using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Codecs;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Looks at the open files and children of the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(CodecLeakTests))]
public sealed class FfmpegLeakTests : ClipTestBase
{
    [Fact]
    public async Task Reading_and_writing_many_times_leaves_no_open_files_and_no_children()
    {
        var clip = await _clips.MakeAsync("clip.mp4", Cancellation);
        await SessionAsync(clip, 0);
        var before = OpenFiles();
        for (var i = 1; i < 8; i++)
            await SessionAsync(clip, i);
        OpenFiles().ShouldBeLessThanOrEqualTo(before + 3);
        Children().ShouldBeEmpty();
    }

    private async Task SessionAsync(string clip, int number)
    {
        await using var reader = await FfmpegReader.OpenAsync(MediaSource.File(clip), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        await using var writer = await FfmpegWriter.OpenAsync(MediaTarget.File(_clips.At($"{number}.mkv")), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        // Half of them are given up in the middle.
        for (var i = 0; number % 2 == 0 || i < 10; i++)
        {
            using var frame = await reader.ReadAsync(Cancellation);
            if (frame is null)
                break;
            await writer.WriteAsync(Openly.Redacted(frame), Cancellation);
        }

        if (number % 2 == 0)
            await writer.FinishAsync(Cancellation);
    }

    private static int OpenFiles() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    /// <summary>Running or dead but not yet waited for: both would show here.</summary>
    private static string[] Children() => Directory.GetDirectories("/proc").Where(IsChild).ToArray();

    private static bool IsChild(string process)
    {
        try
        {
            // "Name: …" lines; processes come and go meanwhile.
            return File.Exists(Path.Combine(process, "status"))
                && File.ReadLines(Path.Combine(process, "status")).Any(line => line == $"PPid:\t{Environment.ProcessId}");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
