using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;
using LiveFace.Media.Tests.Ffmpeg;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>What a tool that was taken over can reach: bash stands for it.</summary>
public sealed class TakenOverToolTests : ClipTestBase
{
    private const string Secret = "a key";

    private static readonly FfmpegTools Tools = FfmpegTools.OnPath with { Confiner = WorkerProgram.Confiner };

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
            await File.WriteAllTextAsync(_clips.At(name), Secret + "\n", Cancellation);
        var script = $"D={_clips.Folder}; {attempt}";
        var access = new ToolAccess([_clips.At("allowed")], [_clips.At("part")], Network: false);
        if (!succeeds)
            (await ConfinedRuns.RunAsync(FfmpegTools.OnPath, "bash", access, "-c", script)).Code.ShouldBe(0, "it proves nothing");
        foreach (var name in (string[])["allowed", "secret", "part"])
            await File.WriteAllTextAsync(_clips.At(name), Secret + "\n", Cancellation);
        File.Delete(_clips.At("new"));

        (await ConfinedRuns.RunAsync(Tools, "bash", access, "-c", script)).Code.ShouldSatisfyAllConditions(code => (code == 0).ShouldBe(succeeds));
        (await File.ReadAllTextAsync(_clips.At("secret"), Cancellation)).ShouldBe(Secret + "\n");
        (await File.ReadAllTextAsync(_clips.At("allowed"), Cancellation)).ShouldBe(Secret + "\n");
        File.Exists(_clips.At("new")).ShouldBeFalse();
    }

    [Fact]
    public async Task It_has_nothing_of_the_servers_environment()
    {
        Environment.SetEnvironmentVariable("Ice__TurnSecret", Secret);
        foreach (var tools in (FfmpegTools[])[Tools, FfmpegTools.OnPath])
            (await ConfinedRuns.RunAsync(tools, "bash", ToolAccess.None, "-c", "[[ -z $Ice__TurnSecret && -n $PATH ]]")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Without_the_network_no_socket_is_made_and_with_it_nobody_is_listened_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connect = $"exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port}";
        var network = new ToolAccess([], [], Network: true);
        (await ConfinedRuns.RunAsync(Tools, "bash", network, "-c", connect)).Code.ShouldBe(0);
        (await ConfinedRuns.RunAsync(Tools, "bash", ToolAccess.None, "-c", connect)).Code.ShouldNotBe(0);

        string[] listen = ["-v", "error", "-i", $"tcp://127.0.0.1:{FreePort.Next()}?listen=1&listen_timeout=300"];
        (await ConfinedRuns.RunAsync(FfmpegTools.OnPath, "ffmpeg", network, listen)).Said.ShouldContain("timed out");
        (await ConfinedRuns.RunAsync(Tools, "ffmpeg", network, listen)).Said.ShouldContain("Permission denied");
    }

    [Fact]
    public async Task No_other_process_is_signalled()
    {
        using var other = Process.Start("sleep", "60");
        (await ConfinedRuns.RunAsync(Tools, "bash", new ToolAccess([], [], Network: true), "-c", $"kill -9 {other.Id}")).Code.ShouldNotBe(0);
        other.HasExited.ShouldBeFalse();
        other.Kill();
    }
}
