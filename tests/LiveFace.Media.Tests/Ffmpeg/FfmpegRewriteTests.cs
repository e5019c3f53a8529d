using System.Globalization;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Codecs;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Films that are read and written again keep their times.</summary>
public sealed class FfmpegRewriteTests : FfmpegWriterTestBase
{
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
}
