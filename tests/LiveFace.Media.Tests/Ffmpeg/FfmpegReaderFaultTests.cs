using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Codecs;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>What keeps FFmpeg from reading, and how reading ends early.</summary>
public sealed class FfmpegReaderFaultTests : ClipTestBase
{
    [Theory]
    [InlineData("picture.mp4", "-brand", "heic")]
    [InlineData("picture.mp4", "-brand", "mif1")]
    [InlineData("picture.avif", "-c:v", "libaom-av1", "-still-picture", "1", "-cpu-used", "8")]
    public async Task Pictures_in_the_container_of_films_are_refused_with_what_to_do(string name, params string[] more)
    {
        var path = await _clips.MakeAsync(name, Cancellation, [.. more, "-an", "-frames:v", "1"]);
        var error = await Should.ThrowAsync<FfmpegException>(() => MediaProbe.ReadAsync(MediaSource.File(path), FfmpegTools.OnPath, Cancellation));
        error.Message.ShouldContain("HEIC or AVIF");
    }

    [Fact]
    public async Task A_picture_over_the_limit_is_refused()
    {
        var path = await _clips.MakeAsync("clip.mp4", Cancellation);
        var error = await Should.ThrowAsync<FfmpegException>(
            () => FfmpegReader.OpenAsync(MediaSource.File(path), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath, MaximumPixels = 160 * 90 - 1 }, Cancellation));
        error.Message.ShouldContain("160×90");
    }

    [Fact]
    public async Task What_ffmpeg_says_about_a_broken_file_reaches_the_caller()
    {
        var broken = _clips.At("broken.mp4");
        await File.WriteAllBytesAsync(broken, new byte[5000], Cancellation);
        var error = await Should.ThrowAsync<FfmpegException>(() => FfmpegReader.OpenAsync(MediaSource.File(broken), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation));
        error.Message.ShouldContain("Invalid data");
        error = await Should.ThrowAsync<FfmpegException>(() => FfmpegReader.OpenAsync(MediaSource.File(_clips.At("none.mp4")), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation));
        error.Message.ShouldContain("No such file");
    }

    [Fact]
    public async Task A_file_with_sound_alone_has_no_pictures()
    {
        var path = await _clips.MakeAsync("sound.mp3", Cancellation, "-vn");
        await Should.ThrowAsync<FfmpegException>(() => FfmpegReader.OpenAsync(MediaSource.File(path), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation));
    }

    [Fact]
    public async Task A_missing_tool_names_its_package()
    {
        var settings = new FfmpegReaderSettings { Tools = new FfmpegTools("/nowhere/ffmpeg", "/nowhere/ffprobe") };
        var error = await Should.ThrowAsync<FfmpegException>(() => FfmpegReader.OpenAsync(MediaSource.File("x.mp4"), _pool, settings, Cancellation));
        error.Message.ShouldContain("apt-get install ffmpeg");
    }

    [Fact]
    public async Task Closing_in_the_middle_ends_the_process()
    {
        var path = await _clips.MakeAsync("clip.mp4", Cancellation);
        var reader = await FfmpegReader.OpenAsync(MediaSource.File(path), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        (await reader.ReadAsync(Cancellation))!.Dispose();
        Directory.Exists($"/proc/{reader.ProcessId}").ShouldBeTrue();
        await reader.DisposeAsync();
        Directory.Exists($"/proc/{reader.ProcessId}").ShouldBeFalse();
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task A_source_that_says_nothing_can_be_given_up()
    {
        // A pipe that nobody writes to: ffmpeg would wait for ever.
        var pipe = _clips.At("silent.mkv");
        await OtherTools.RunAsync("mkfifo", [pipe], [], Cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var opening = FfmpegReader.OpenAsync(MediaSource.File(pipe), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, patience.Token);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => opening);
    }
}
