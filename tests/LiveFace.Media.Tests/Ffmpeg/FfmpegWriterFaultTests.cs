using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>What keeps FFmpeg from writing; nothing half written stays behind.</summary>
public sealed class FfmpegWriterFaultTests : FfmpegWriterTestBase
{
    [Fact]
    public async Task A_file_that_exists_is_only_replaced_when_that_is_allowed()
    {
        var path = _clips.At("there.mp4");
        await File.WriteAllTextAsync(path, "precious", Cancellation);
        (await Should.ThrowAsync<FfmpegException>(() => FfmpegWriter.OpenAsync(MediaTarget.File(path), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath }, Cancellation)))
            .Message.ShouldContain("exists");
        (await File.ReadAllTextAsync(path, Cancellation)).ShouldBe("precious");
        await WriteAsync(path, new FfmpegWriterSettings { Tools = FfmpegTools.OnPath, Overwrite = true });
        (await MediaProbe.ReadAsync(MediaSource.File(path), FfmpegTools.OnPath, Cancellation)).Video.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_disk_that_is_full_by_the_last_bytes_leaves_no_film()
    {
        var path = _clips.At("out.mkv");
        File.CreateSymbolicLink(path + ".part", "/dev/full");

        var error = await Should.ThrowAsync<FfmpegException>(() => WriteAsync(path, new FfmpegWriterSettings { Tools = FfmpegTools.OnPath }));

        error.Message.ShouldContain("No space left on device");
        File.Exists(path).ShouldBeFalse();
        File.Exists(path + ".part").ShouldBeFalse();
    }

    [Fact]
    public async Task Giving_up_leaves_no_file_and_no_process()
    {
        var path = _clips.At("half.mp4");
        var writer = await FfmpegWriter.OpenAsync(MediaTarget.File(path), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        using (var picture = RandomPictures.Waves(_pool, 64, 48, 0))
            await writer.WriteAsync(Openly.Redacted(picture), Cancellation);
        await writer.DisposeAsync();
        Directory.Exists($"/proc/{writer.ProcessId}").ShouldBeFalse();
        Directory.GetFiles(_clips.Folder).ShouldBeEmpty();
        await Should.ThrowAsync<ObjectDisposedException>(() => writer.FinishAsync(Cancellation));
    }

    [Fact]
    public async Task A_place_that_can_not_be_written_is_named_before_anything_is_done() =>
        (await Should.ThrowAsync<FfmpegException>(() => FfmpegWriter.OpenAsync(MediaTarget.File("/proc/no/such/folder/x.mp4"), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath }, Cancellation)))
            .Message.ShouldContain("/proc/no/such/folder/x.mp4 can not be written");

    [Fact]
    public async Task What_ffmpeg_says_about_a_place_that_can_not_be_reached_reaches_the_caller()
    {
        await using var writer = await FfmpegWriter.OpenAsync(MediaTarget.Stream("rtmp://127.0.0.1:1/live"), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        using var picture = RandomPictures.Waves(_pool, 640, 480, 0);
        var error = await Should.ThrowAsync<FfmpegException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                picture.CaptureTime = TimeSpan.FromMilliseconds(i);
                await writer.WriteAsync(Openly.Redacted(picture), Cancellation);
            }

            await writer.FinishAsync(Cancellation);
        });
        error.Message.ShouldContain("Connection refused");
    }

    [Fact]
    public async Task Pictures_of_another_size_are_refused()
    {
        await using var writer = await FfmpegWriter.OpenAsync(MediaTarget.File(_clips.At("x.mp4")), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        using var first = RandomPictures.Waves(_pool, 64, 48, 0);
        await writer.WriteAsync(Openly.Redacted(first), Cancellation);
        using var second = RandomPictures.Waves(_pool, 32, 48, 0);
        second.CaptureTime = TimeSpan.FromSeconds(1);
        await Should.ThrowAsync<ArgumentException>(async () => await writer.WriteAsync(Openly.Redacted(second), Cancellation));
    }
}
