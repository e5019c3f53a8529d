using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Media.Tests.Codecs;

namespace LiveFace.Media.Tests.Ffmpeg;

public sealed class FfmpegReaderTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly Clips _clips = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
        _clips.Dispose();
    }

    [Theory]
    [InlineData("clip.mp4")]
    [InlineData("clip.webm")]
    [InlineData("clip.mkv")]
    [InlineData("clip.flv")]
    [InlineData("clip.ts")]
    public async Task Every_picture_of_a_file_comes_with_its_time(string name)
    {
        var path = await _clips.MakeAsync(name, Cancellation);
        var times = await ReadTimesAsync(MediaSource.File(path));
        times.Count.ShouldBe(45);
        for (var i = 1; i < times.Count; i++)
            (times[i] - times[0]).TotalMilliseconds.ShouldBe(i * 1000 / 30.0, 1.1);
    }

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
    public async Task Times_of_a_variable_frame_rate_are_kept()
    {
        // Every picture whose number is not a multiple of 3 and not between 10 and 20.
        var path = await _clips.MakeAsync("vfr.mkv", Cancellation, "-vf", "select='mod(n,3)*not(between(n,10,20))'", "-fps_mode", "vfr");
        var times = await ReadTimesAsync(MediaSource.File(path));
        var expected = Enumerable.Range(0, 45).Where(n => n % 3 != 0 && n is < 10 or > 20 && n % 3 != 0).ToList();
        times.Count.ShouldBe(expected.Count);
        for (var i = 0; i < times.Count; i++)
            (times[i] - times[0]).TotalMilliseconds.ShouldBe((expected[i] - expected[0]) * 1000 / 30.0, 1.1);
    }

    [Theory]
    [InlineData("clip.mp4")]
    [InlineData("clip.mkv")]
    [InlineData("clip.ts")]
    public async Task Beginning_in_the_middle_leaves_out_nothing_from_there_on(string name)
    {
        var path = await _clips.MakeAsync(name, Cancellation, "-g", "8", "-output_ts_offset", "2");
        var all = await ReadTimesAsync(MediaSource.File(path));
        var from = all[30] - TimeSpan.FromMilliseconds(1);
        var part = await ReadTimesAsync(MediaSource.File(path), new FfmpegReaderSettings { Tools = FfmpegTools.OnPath, From = from });
        part.Where(time => time >= from).ShouldBe(all[30..]);
        part.Count.ShouldBeLessThan(all.Count);
    }

    [Fact]
    public async Task Pixels_are_those_that_ffmpeg_decodes()
    {
        var path = await _clips.MakeAsync("clip.mp4", Cancellation);
        var raw = await OtherTools.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-an", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"], [], Cancellation);
        await using var reader = await FfmpegReader.OpenAsync(MediaSource.File(path), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        (reader.Width, reader.Height).ShouldBe((160, 90));
        var read = new List<VideoFrame>();
        while (await reader.ReadAsync(Cancellation) is { } frame)
            read.Add(frame);
        var same = OtherTools.ToBytes(read).AsSpan().SequenceEqual(raw);
        read.ForEach(f => f.Dispose());
        same.ShouldBeTrue();
    }

    [Theory]
    [InlineData(90, 270)]
    [InlineData(180, 180)]
    [InlineData(270, 90)]
    public async Task A_turned_film_comes_upright(int counterClockwise, int degrees)
    {
        var plain = await _clips.MakeAsync("plain.mp4", Cancellation);
        var turned = _clips.At("turned.mp4");
        await OtherTools.RunAsync("ffmpeg", ["-v", "error", "-i", plain, "-c", "copy", "-metadata:s:v:0", $"rotate={counterClockwise}", turned], [], Cancellation);
        var info = await MediaProbe.ReadAsync(MediaSource.File(turned), FfmpegTools.OnPath, Cancellation);
        await using var reader = await FfmpegReader.OpenAsync(MediaSource.File(turned), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        info.Video!.ClockwiseDegrees.ShouldBe(degrees);
        (info.Video.Width, info.Video.Height).ShouldBe((reader.Width, reader.Height));
        (reader.Width, reader.Height).ShouldBe(degrees == 180 ? (160, 90) : (90, 160));

        await using var upright = await FfmpegReader.OpenAsync(MediaSource.File(plain), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        using var first = await upright.ReadAsync(Cancellation);
        using var actual = await reader.ReadAsync(Cancellation);
        using var expected = _pool.Rent(reader.Width, reader.Height);
        FrameRotation.Rotate(first!, FrameRotation.FromDegrees(degrees), expected);
        LiveStreams.LumaPsnr(expected, actual!).ShouldBeGreaterThan(45);
    }

    [Fact]
    public async Task A_large_picture_is_made_to_fit()
    {
        var path = await _clips.MakeAsync("clip.mp4", Cancellation);
        await using var reader = await FfmpegReader.OpenAsync(
            MediaSource.File(path), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath, FitWidth = 100, FitHeight = 100 }, Cancellation);
        (reader.Width, reader.Height).ShouldBe((100, 56));
        using var frame = await reader.ReadAsync(Cancellation);
        frame.ShouldNotBeNull();
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

    private async Task<List<TimeSpan>> ReadTimesAsync(MediaSource source, FfmpegReaderSettings? settings = null)
    {
        await using var reader = await FfmpegReader.OpenAsync(source, _pool, settings ?? new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        var times = new List<TimeSpan>();
        while (await reader.ReadAsync(Cancellation) is { } frame)
        {
            using (frame)
                times.Add(frame.CaptureTime);
        }

        return times;
    }
}
