using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Media.Sandbox;
using LiveFace.Media.Tests.Ffmpeg;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>
/// FFmpeg does its work confined, and what took it over could do little else: bash stands for that, beside FFmpeg itself with
/// its own allow-lists lifted, as by a flaw in one of its readers.
/// </summary>
public sealed class ConfinedToolTests : IDisposable
{
    private const string Secret = "a key";

    private static readonly FfmpegTools Tools = FfmpegTools.OnPath with { Confiner = WorkerProgram.Confiner };

    private readonly FramePool _pool = new();
    private readonly Clips _clips = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
        _clips.Dispose();
    }

    [Fact]
    public async Task The_system_confines_wholly() => (await WorkerProgram.Confiner.FindProblemAsync(Cancel)).ShouldBeNull();

    [Theory]
    [InlineData("clip.mp4")]
    [InlineData("clip.webm")]
    public async Task Films_are_probed_read_and_written_with_their_sound(string name)
    {
        var source = MediaSource.File(await _clips.MakeAsync(name, Cancel));
        (await MediaProbe.ReadAsync(source, Tools, Cancel)).Video.ShouldNotBeNull().Width.ShouldBe(160);
        var target = MediaTarget.File(_clips.At("written-" + name));
        await using (var reader = await FfmpegReader.OpenAsync(source, _pool, new FfmpegReaderSettings { Tools = Tools }, Cancel))
        {
            await using var writer = await FfmpegWriter.OpenAsync(target, new FfmpegWriterSettings { Tools = Tools, AudioFrom = source }, Cancel);
            while (await reader.ReadAsync(Cancel) is { } picture)
                using (picture)
                    await writer.WriteAsync(Openly.Redacted(picture), Cancel);
            await writer.FinishAsync(Cancel);
        }

        var written = await MediaProbe.ReadAsync(MediaSource.File(target.Address), Tools, Cancel);
        written.Video.ShouldNotBeNull().Width.ShouldBe(160);
        written.Audio.ShouldNotBeNull();
    }

    /// <summary>Each refers to another film; FFmpeg opens it where nothing but its own lists forbid that.</summary>
    [Theory]
    [InlineData("list.ffconcat", "ffconcat version 1.0\nfile '{0}'\n", "-f", "concat", "-safe", "0")]
    [InlineData("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.5,\n{0}\n#EXT-X-ENDLIST\n", "-f", "hls", "-allowed_extensions", "ALL")]
    public async Task A_hostile_film_reads_no_other_file(string name, string text, params string[] lifted)
    {
        var other = await _clips.MakeAsync("other.ts", Cancel);
        var hostile = _clips.At(name);
        await File.WriteAllTextAsync(hostile, string.Format(System.Globalization.CultureInfo.InvariantCulture, text, other), Cancel);
        string[] arguments = ["-v", "error", .. lifted, "-protocol_whitelist", "file", "-i", "file:" + hostile, "-f", "null", "-"];

        (await RunFfmpegAsync(FfmpegTools.OnPath, new ToolAccess([hostile], [], Network: false), arguments)).ShouldBe(0);
        (await RunFfmpegAsync(Tools, new ToolAccess([hostile, other], [], Network: false), arguments)).ShouldBe(0);
        (await RunFfmpegAsync(Tools, new ToolAccess([hostile], [], Network: false), arguments)).ShouldNotBe(0);
    }

    [Theory]
    [InlineData("read -r x < $D/allowed", true)]
    [InlineData("read -r x < $D/secret", false)]
    [InlineData("read -r x < /etc/passwd", false)]
    [InlineData("read -r -d '' x < /proc/self/environ", false)]
    [InlineData("read -r x < /proc/$PPID/maps", false)]
    [InlineData("echo x > $D/part", true)]
    [InlineData("echo x > $D/allowed", false)]
    [InlineData("echo x > $D/secret", false)]
    [InlineData("echo x > $D/new", false)]
    [InlineData("exec /usr/bin/env", false)]
    [InlineData("(exit 0)", false)]
    public async Task What_takes_it_over_reaches_nothing_else(string attempt, bool succeeds)
    {
        foreach (var name in (string[])["allowed", "secret", "part"])
            await File.WriteAllTextAsync(_clips.At(name), Secret + "\n", Cancel);
        var script = $"D={_clips.Folder}; {attempt}";
        var access = new ToolAccess([_clips.At("allowed")], [_clips.At("part")], Network: false);
        if (!succeeds)
            (await RunAsync(FfmpegTools.OnPath, "bash", access, "-c", script)).Code.ShouldBe(0, "it proves nothing");
        foreach (var name in (string[])["allowed", "secret", "part"])
            await File.WriteAllTextAsync(_clips.At(name), Secret + "\n", Cancel);
        File.Delete(_clips.At("new"));

        (await RunAsync(Tools, "bash", access, "-c", script)).Code.ShouldSatisfyAllConditions(code => (code == 0).ShouldBe(succeeds));
        (await File.ReadAllTextAsync(_clips.At("secret"), Cancel)).ShouldBe(Secret + "\n");
        (await File.ReadAllTextAsync(_clips.At("allowed"), Cancel)).ShouldBe(Secret + "\n");
        File.Exists(_clips.At("new")).ShouldBeFalse();
    }

    [Fact]
    public async Task It_has_nothing_of_the_servers_environment()
    {
        Environment.SetEnvironmentVariable("Ice__TurnSecret", Secret);
        foreach (var tools in (FfmpegTools[])[Tools, FfmpegTools.OnPath])
            (await RunAsync(tools, "bash", ToolAccess.None, "-c", "[[ -z $Ice__TurnSecret && -n $PATH ]]")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Without_the_network_no_socket_is_made_and_with_it_nobody_is_listened_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connect = $"exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port}";
        var network = new ToolAccess([], [], Network: true);
        (await RunAsync(Tools, "bash", network, "-c", connect)).Code.ShouldBe(0);
        (await RunAsync(Tools, "bash", ToolAccess.None, "-c", connect)).Code.ShouldNotBe(0);

        string[] listen = ["-v", "error", "-i", $"tcp://127.0.0.1:{FreePort.Next()}?listen=1&listen_timeout=300"];
        (await RunAsync(FfmpegTools.OnPath, "ffmpeg", network, listen)).Said.ShouldContain("timed out");
        (await RunAsync(Tools, "ffmpeg", network, listen)).Said.ShouldContain("Permission denied");
    }

    [Fact]
    public async Task No_other_process_is_signalled()
    {
        using var other = Process.Start("sleep", "60");
        (await RunAsync(Tools, "bash", new ToolAccess([], [], Network: true), "-c", $"kill -9 {other.Id}")).Code.ShouldNotBe(0);
        other.HasExited.ShouldBeFalse();
        other.Kill();
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_named_with_its_package()
    {
        var (code, said) = await RunAsync(Tools, "/nowhere/ffmpeg", ToolAccess.None);
        code.ShouldBe(127);
        said.ShouldContain("apt-get install ffmpeg");
    }

    private static async Task<int> RunFfmpegAsync(FfmpegTools tools, ToolAccess access, string[] arguments) =>
        (await RunAsync(tools, "ffmpeg", access, arguments)).Code;

    private static async Task<(int Code, string Said)> RunAsync(FfmpegTools tools, string tool, ToolAccess access, params string[] arguments)
    {
        await using var process = FfmpegProcess.Start(tools, tool, access, arguments, takesInput: false);
        return (await process.WaitAsync(Cancel), process.Said);
    }
}
