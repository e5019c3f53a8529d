using System.Globalization;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Media.Tests.Codecs;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Ffmpeg;

public sealed class FfmpegWriterTests : IDisposable
{
    /// <summary>An uneven beat, so that a constant frame rate would show.</summary>
    private static readonly int[] Milliseconds = [0, 33, 66, 150, 151, 200, 400, 433, 500, 900];

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
    [InlineData("out.mp4", "h264", "aac")]
    [InlineData("out.webm", "vp9", "opus")]
    [InlineData("out.mkv", "h264", "aac")]
    public async Task Pictures_times_and_sound_arrive_in_the_file(string name, string video, string audio)
    {
        var source = await _clips.MakeAsync("source.mp4", Cancellation);
        var path = _clips.At(name);
        await WriteAsync(path, new FfmpegWriterSettings { Tools = FfmpegTools.OnPath, AudioFrom = MediaSource.File(source) });

        var info = await MediaProbe.ReadAsync(MediaSource.File(path), FfmpegTools.OnPath, Cancellation);
        info.Video!.Codec.ShouldBe(video);
        info.Audio!.Codec.ShouldBe(audio);
        var packets = await Clips.ProbeAsync(path, "frame=media_type,pts_time,best_effort_timestamp_time", Cancellation);
        var times = packets.Split('\n').Where(l => l.StartsWith("video", StringComparison.Ordinal))
            .Select(l => double.Parse(l.Split(',')[1], CultureInfo.InvariantCulture)).ToList();
        times.Count.ShouldBe(Milliseconds.Length);
        for (var i = 0; i < times.Count; i++)
            (times[i] - times[0]).ShouldBe(Milliseconds[i] / 1000.0, 0.0015);
        File.Exists(path + ".part").ShouldBeFalse();
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("apng")]
    public async Task A_picture_that_moves_keeps_its_size_pictures_and_times_and_leaves_its_words_behind(string kind)
    {
        var source = await _clips.MakeAsync($"in.{kind}", Cancellation, "-an", "-vf", "format=rgb24,crop=159:89,select='not(mod(n,7))',setpts=PTS", "-pix_fmt", kind == "gif" ? "rgb8" : "rgb24");
        byte[] words = kind == "gif" ? [0x21, 0xFE, 6, .. "planted"u8[..6], 0, 0x3B] : [];
        if (kind == "gif")
            await File.WriteAllBytesAsync(source, [.. (await File.ReadAllBytesAsync(source, Cancellation))[..^1], .. words], Cancellation);
        var path = _clips.At($"out.{kind}");
        await using (var reader = await FfmpegReader.OpenAsync(MediaSource.File(source), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation))
        await using (var writer = await FfmpegWriter.OpenAsync(MediaTarget.File(path), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath, AudioFrom = MediaSource.File(source) }, Cancellation))
        {
            while (await reader.ReadAsync(Cancellation) is { } frame)
            {
                using (frame)
                    await writer.WriteAsync(Openly.Redacted(frame), Cancellation);
            }

            await writer.FinishAsync(Cancellation);
        }

        var info = await MediaProbe.ReadAsync(MediaSource.File(path), FfmpegTools.OnPath, Cancellation);
        (info.Video!.Codec, info.Video.Width, info.Video.Height).ShouldBe((kind, 159, 89));
        var (before, after) = (await TimesAsync(source), await TimesAsync(path));
        before.Count.ShouldBeGreaterThan(5);
        after.Count.ShouldBe(before.Count);
        for (var i = 0; i < after.Count; i++)
            (after[i] - after[0]).ShouldBe(before[i] - before[0], 0.0101);
        (await File.ReadAllBytesAsync(path, Cancellation)).AsSpan().IndexOf("plante"u8).ShouldBe(-1);

        async Task<List<double>> TimesAsync(string of) => [.. (await Clips.ProbeAsync(of, "frame=best_effort_timestamp_time", Cancellation)).Split('\n')
            .Select(line => double.Parse(line.Trim(','), CultureInfo.InvariantCulture))];
    }

    [Theory]
    [InlineData("late.mp4")]
    [InlineData("late.mkv")]
    [InlineData("late.ts")]
    public async Task Pictures_that_begin_after_the_sound_stay_where_they_were(string name)
    {
        var plain = await _clips.MakeAsync("plain.mp4", Cancellation, "-af", "volume=enable='lt(t,0.7)':volume=0");
        var source = _clips.At(name);
        await OtherTools.RunAsync(
            "ffmpeg", ["-v", "error", "-itsoffset", "0.5", "-i", plain, "-i", plain, "-map", "0:v", "-map", "1:a", "-c", "copy", source], [], Cancellation);
        foreach (var output in new[] { "out.mp4", "out.mkv", "out.webm" })
        {
            var path = _clips.At(output);
            await using (var reader = await FfmpegReader.OpenAsync(MediaSource.File(source), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation))
            await using (var writer = await FfmpegWriter.OpenAsync(MediaTarget.File(path), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath, AudioFrom = MediaSource.File(source) }, Cancellation))
            {
                while (await reader.ReadAsync(Cancellation) is { } frame)
                {
                    using (frame)
                        await writer.WriteAsync(Openly.Redacted(frame), Cancellation);
                }

                await writer.FinishAsync(Cancellation);
            }

            (await ToneAsync(path)).ShouldBe(0.2, 0.025, output);
        }

        // How long after the first picture the tone begins. Encoders begin with samples of their own, so tracks' beginnings say little.
        async Task<double> ToneAsync(string file)
        {
            var starts = (await Clips.ProbeAsync(file, "stream=codec_type,start_time", Cancellation)).Split('\n')
                .Select(line => line.Trim().Split(','))
                .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
            var samples = await OtherTools.RunAsync("ffmpeg", ["-v", "error", "-i", file, "-map", "0:a", "-ar", "44100", "-f", "s16le", "-"], [], Cancellation);
            var silent = 0;
            while (Math.Abs((int)BitConverter.ToInt16(samples, 2 * silent)) < 1500)
                silent++;
            return starts["audio"] + silent / 44_100.0 - starts["video"];
        }
    }

    [Fact]
    public async Task Pixels_survive_writing_and_reading()
    {
        var path = _clips.At("good.mkv");
        await WriteAsync(path, new FfmpegWriterSettings { Tools = FfmpegTools.OnPath, Quality = 5 });
        await using var reader = await FfmpegReader.OpenAsync(MediaSource.File(path), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        for (var i = 0; i < Milliseconds.Length; i++)
        {
            using var expected = RandomPictures.Waves(_pool, 322, 182, i * 0.1);
            using var read = await reader.ReadAsync(Cancellation);
            LiveStreams.LumaPsnr(expected, read!).ShouldBeGreaterThan(40);
        }

        (await reader.ReadAsync(Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_picture_that_is_not_later_than_the_last_is_left_out()
    {
        await using var writer = await FfmpegWriter.OpenAsync(MediaTarget.File(_clips.At("x.mp4")), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        using var picture = RandomPictures.Waves(_pool, 64, 48, 0);
        (await writer.WriteAsync(Openly.Redacted(picture), Cancellation)).ShouldBeTrue();
        (await writer.WriteAsync(Openly.Redacted(picture), Cancellation)).ShouldBeFalse();
    }

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

    private async Task WriteAsync(string path, FfmpegWriterSettings settings)
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
