using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Media.Tests.Codecs;

namespace LiveFace.Media.Tests.Ffmpeg;

public sealed class FfmpegReaderTests : ClipTestBase
{
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
