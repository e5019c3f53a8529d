using System.Globalization;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Codecs;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Ffmpeg;

public sealed class FfmpegWriterTests : FfmpegWriterTestBase
{
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
}
