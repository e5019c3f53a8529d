using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Tests.Rendering;

/// <summary>What a redacted film keeps of the film, by what ffprobe says of both. The policy hides a corner, and no model looks.</summary>
public sealed class FaithfulTests : IDisposable
{
    private static readonly RedactionPolicy Corner = new()
    {
        NothingHidden = true, Zones = [new PolicyZone { Box = new ZoneBox(0, 0, 0.1f, 0.1f) }],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-faithful-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a usual film", "mp4", "testsrc2=size=160x90:rate=30", "-c:v libx264 -colorspace bt709 -color_primaries bt709 -color_trc bt709")]
    [InlineData("a picture so large that FFmpeg does not guess its rate", "mp4", "testsrc2=size=1920x1080:rate=25", "-c:v libx264 -preset ultrafast -frames:v 8")]
    [InlineData("a variable frame rate", "mkv", "testsrc2=size=160x90:rate=30", "-vf select='not(between(n,6,14))*mod(n,4)' -fps_mode vfr -c:v libx264")]
    [InlineData("pixels that are no squares", "mp4", "testsrc2=size=144x120:rate=25", "-vf setsar=16/11 -c:v libx264")]
    [InlineData("an odd size", "webm", "testsrc2=size=161x91:rate=25", "-c:v libvpx-vp9 -deadline realtime")]
    [InlineData("another matrix", "mp4", "testsrc2=size=160x90:rate=25", "-c:v libx264 -colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m")]
    [InlineData("times that do not begin at zero", "mkv", "testsrc2=size=160x90:rate=25", "-c:v libx264 -output_ts_offset 3")]
    public async Task It_keeps_what_it_was(string what, string extension, string picture, string options)
    {
        var input = await MakeAsync($"in.{extension}", picture, options);
        var output = Path.Combine(_folder, $"out.{extension}");
        await RedactAsync(input, output);
        var (before, after) = (await ProbeAsync(input), await ProbeAsync(output));
        foreach (var field in (string[])["width", "height", "sample_aspect_ratio", "color_space", "color_primaries", "color_transfer"])
            Field(after, "video", field).ShouldBe(Field(before, "video", field), $"{what}: {field}");
        Field(after, "audio", "sample_rate").ShouldNotBeNull();
        var (times, expected) = (await TimesAsync(output), await TimesAsync(input));
        times.Length.ShouldBe(expected.Length);
        for (var i = 0; i < times.Length; i++)
            (times[i] - times[0]).ShouldBe(expected[i] - expected[0], 0.0015, $"{what}: picture {i}");
        // The sound begins as long before or after the first picture as it did.
        (await StartAsync(output, "audio") - times[0]).ShouldBe(await StartAsync(input, "audio") - expected[0], 0.03);
    }

    [Theory]
    [InlineData("vp9 in full range", "webm", "color=white:size=64x48:rate=25", "-vf scale=out_range=pc,format=yuv420p -color_range pc -c:v libvpx-vp9", 235, 3)]
    [InlineData("PQ", "mkv", "color=0x909090:size=64x48:rate=25", "-pix_fmt yuv420p10le -c:v libx265 -x265-params log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc", 200, 40)]
    public async Task Light_comes_out_as_usual_screens_show_it(string what, string extension, string picture, string options, int luma, int tolerance)
    {
        var input = await MakeAsync($"in.{extension}", picture, options);
        var output = Path.Combine(_folder, "out.mp4");
        await RedactAsync(input, output);
        var after = await ProbeAsync(output);
        Field(after, "video", "color_range").ShouldNotBe("pc", what);
        Field(after, "video", "color_transfer").ShouldNotBe("smpte2084");
        Field(after, "video", "pix_fmt").ShouldBe("yuv420p");
        using var pool = new Media.Frames.FramePool(0);
        await using var reader = await FfmpegReader.OpenAsync(MediaSource.File(output), pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancel);
        using var frame = (await reader.ReadAsync(Cancel)).ShouldNotBeNull();
        ((int)frame.RowY(40)[50]).ShouldBeInRange(luma - tolerance, luma + tolerance);
    }

    [Fact]
    public async Task Two_fields_become_one_picture()
    {
        var input = await MakeAsync("in.mpg", "testsrc2=size=160x96:rate=50", "-vf interlace -flags +ildct+ilme -c:v mpeg2video");
        Field(await ProbeAsync(input), "video", "field_order").ShouldBe("tt");
        var output = Path.Combine(_folder, "out.mp4");
        await RedactAsync(input, output);
        Field(await ProbeAsync(output), "video", "field_order").ShouldBe("progressive");
        (await TimesAsync(output)).Length.ShouldBe((await TimesAsync(input)).Length);
    }

    [Fact]
    public async Task It_does_not_take_much_more_bits_than_the_film_unless_quality_is_named()
    {
        var input = await MakeAsync("in.mp4", "testsrc2=size=320x240:rate=25", "-vf noise=alls=40:allf=t -c:v libx264 -b:v 300k -maxrate 300k -bufsize 300k", seconds: 3);
        await RedactAsync(input, Path.Combine(_folder, "usual.mp4"));
        await RedactAsync(input, Path.Combine(_folder, "best.mp4"), new RenderOptions { Tools = FfmpegTools.OnPath, Quality = 10 });
        var size = new FileInfo(input).Length;
        new FileInfo(Path.Combine(_folder, "usual.mp4")).Length.ShouldBeLessThan(2 * size);
        new FileInfo(Path.Combine(_folder, "best.mp4")).Length.ShouldBeGreaterThan(3 * size);
    }

    [Fact]
    public async Task Sound_is_silent_or_a_tone_where_a_reviewer_says_so()
    {
        var input = await MakeAsync("in.mkv", "testsrc2=size=64x48:rate=25", "-c:v libx264 -c:a flac", seconds: 2);
        var log = new EditLog();
        var path = Path.Combine(_folder, "edits.jsonl");
        log.Append(path, new HideSound(new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)), SoundEdit.Mute), DateTimeOffset.UnixEpoch);
        log.Append(path, new HideSound(new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2)), SoundEdit.Beep), DateTimeOffset.UnixEpoch);
        var output = Path.Combine(_folder, "out.mkv");
        await RedactAsync(input, output, edits: log);
        (await VolumeAsync(output, 0.1, 0.4, 440)).ShouldBeGreaterThan(-30);
        (await VolumeAsync(output, 0.505, 0.49, 440)).ShouldBeLessThan(-80);
        (await VolumeAsync(output, 1.1, 0.35, 440)).ShouldBeGreaterThan(-30);
        (await VolumeAsync(output, 1.55, 0.4, 440)).ShouldBeLessThan(await VolumeAsync(output, 1.55, 0.4, 1000) - 20);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task RedactAsync(string input, string output, RenderOptions? options = null, EditLog? edits = null)
    {
        var boxes = Path.Combine(_folder, "boxes.json");
        var work = new FilmWork(new FilmFile(input, FfmpegTools.OnPath), [], Corner) { Rendering = options ?? new RenderOptions { Tools = FfmpegTools.OnPath } };
        await work.DetectAsync(boxes, FilmPart.All, Cancel);
        await work.FinishAsync(MediaTarget.File(output), boxes, edits ?? new EditLog(), Cancel);
    }

    private async Task<string> MakeAsync(string name, string picture, string options, double seconds = 1)
    {
        var path = Path.Combine(_folder, name);
        await RunAsync(
            "ffmpeg", ["-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=440", "-t",
            seconds.ToString(CultureInfo.InvariantCulture), .. options.Split(' '), path]);
        return path;
    }

    private static async Task<JsonElement> ProbeAsync(string path) =>
        JsonDocument.Parse(await RunAsync("ffprobe", ["-v", "error", "-show_streams", "-of", "json", path])).RootElement;

    private static string? Field(JsonElement probe, string kind, string field) =>
        probe.GetProperty("streams").EnumerateArray().First(stream => stream.GetProperty("codec_type").GetString() == kind)
            .TryGetProperty(field, out var value) ? value.ToString() : null;

    private static async Task<double[]> TimesAsync(string path) =>
        [.. (await RunAsync("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "frame=best_effort_timestamp_time", "-of", "csv=p=0", path]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line.Trim(',', ' ', '\r'), CultureInfo.InvariantCulture))];

    private static async Task<double> StartAsync(string path, string kind) =>
        double.Parse(Field(await ProbeAsync(path), kind, "start_time")!, CultureInfo.InvariantCulture);

    /// <summary>Mean volume of what sounds near a frequency.</summary>
    private static async Task<double> VolumeAsync(string path, double from, double seconds, int frequency)
    {
        var said = await RunAsync("ffmpeg",
        [
            "-v", "info", "-nostdin", "-ss", from.ToString(CultureInfo.InvariantCulture), "-t", seconds.ToString(CultureInfo.InvariantCulture), "-i", path,
            "-vn", "-af", $"bandpass=f={frequency}:width_type=q:w=10,volumedetect", "-f", "null", "-",
        ], errors: true);
        var at = said.IndexOf("mean_volume:", StringComparison.Ordinal) + "mean_volume:".Length;
        return double.Parse(said[at..said.IndexOf("dB", at, StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }

    private static async Task<string> RunAsync(string tool, IEnumerable<string> arguments, bool errors = false)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, said) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0, await said);
        return errors ? await said : await output;
    }
}
