using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;
using LiveFace.Media.Tests.Ffmpeg;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>
/// FFmpeg does its work confined, and what took it over could do little else: bash stands for that, beside FFmpeg itself with
/// its own allow-lists lifted, as by a flaw in one of its readers.
/// </summary>
public sealed class ConfinedToolTests : ClipTestBase
{
    private static readonly FfmpegTools Tools = FfmpegTools.OnPath with { Confiner = WorkerProgram.Confiner };

    [Fact]
    public async Task The_system_confines_wholly() => (await WorkerProgram.Confiner.FindProblemAsync(Cancellation)).ShouldBeNull();

    [Theory]
    [InlineData("clip.mp4")]
    [InlineData("clip.webm")]
    public async Task Films_are_probed_read_and_written_with_their_sound(string name)
    {
        var source = MediaSource.File(await _clips.MakeAsync(name, Cancellation));
        (await MediaProbe.ReadAsync(source, Tools, Cancellation)).Video.ShouldNotBeNull().Width.ShouldBe(160);
        var target = MediaTarget.File(_clips.At("written-" + name));
        await using (var reader = await FfmpegReader.OpenAsync(source, _pool, new FfmpegReaderSettings { Tools = Tools }, Cancellation))
        {
            await using var writer = await FfmpegWriter.OpenAsync(target, new FfmpegWriterSettings { Tools = Tools, AudioFrom = source }, Cancellation);
            while (await reader.ReadAsync(Cancellation) is { } picture)
                using (picture)
                    await writer.WriteAsync(Openly.Redacted(picture), Cancellation);
            await writer.FinishAsync(Cancellation);
        }

        var written = await MediaProbe.ReadAsync(MediaSource.File(target.Address), Tools, Cancellation);
        written.Video.ShouldNotBeNull().Width.ShouldBe(160);
        written.Audio.ShouldNotBeNull();
    }

    /// <summary>Each refers to another film; FFmpeg opens it where nothing but its own lists forbid that.</summary>
    [Theory]
    [InlineData("list.ffconcat", "ffconcat version 1.0\nfile '{0}'\n", "-f", "concat", "-safe", "0")]
    [InlineData("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.5,\n{0}\n#EXT-X-ENDLIST\n", "-f", "hls", "-allowed_extensions", "ALL")]
    public async Task A_hostile_film_reads_no_other_file(string name, string text, params string[] lifted)
    {
        var other = await _clips.MakeAsync("other.ts", Cancellation);
        var hostile = _clips.At(name);
        await File.WriteAllTextAsync(hostile, string.Format(System.Globalization.CultureInfo.InvariantCulture, text, other), Cancellation);
        string[] arguments = ["-v", "error", .. lifted, "-protocol_whitelist", "file", "-i", "file:" + hostile, "-f", "null", "-"];

        (await RunFfmpegAsync(FfmpegTools.OnPath, new ToolAccess([hostile], [], Network: false), arguments)).ShouldBe(0);
        (await RunFfmpegAsync(Tools, new ToolAccess([hostile, other], [], Network: false), arguments)).ShouldBe(0);
        (await RunFfmpegAsync(Tools, new ToolAccess([hostile], [], Network: false), arguments)).ShouldNotBe(0);
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_named_with_its_package()
    {
        var (code, said) = await ConfinedRuns.RunAsync(Tools, "/nowhere/ffmpeg", ToolAccess.None);
        code.ShouldBe(127);
        said.ShouldContain("apt-get install ffmpeg");
    }

    private static async Task<int> RunFfmpegAsync(FfmpegTools tools, ToolAccess access, string[] arguments) =>
        (await ConfinedRuns.RunAsync(tools, "ffmpeg", access, arguments)).Code;
}
