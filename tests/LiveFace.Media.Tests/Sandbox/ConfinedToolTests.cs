using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Media.Sandbox.Worker;
using LiveFace.Media.Tests.Ffmpeg;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>FFmpeg under its filter does its work, and what took it over could do little else.</summary>
public sealed class ConfinedToolTests : IDisposable
{
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

    [Theory]
    [InlineData("clip.mp4")]
    [InlineData("clip.webm")]
    public async Task Files_are_probed_and_decoded(string name)
    {
        var source = MediaSource.File(await _clips.MakeAsync(name, Cancel));
        (await MediaProbe.ReadAsync(source, Tools, Cancel)).Video.ShouldNotBeNull().Width.ShouldBe(160);
        await using var reader = await FfmpegReader.OpenAsync(source, _pool, new FfmpegReaderSettings { Tools = Tools }, Cancel);
        var pictures = 0;
        while (await reader.ReadAsync(Cancel) is { } picture)
            using (picture)
                pictures++;
        pictures.ShouldBe(45);
    }

    [Fact]
    public async Task Without_the_network_no_socket_is_made()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connect = $"exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port}";
        (await RunAsync(ConfinedTool.Network, "bash", "-c", connect)).ShouldBe(0);
        (await RunAsync(ConfinedTool.Files, "bash", "-c", connect)).ShouldNotBe(0);
    }

    [Fact]
    public async Task No_other_process_is_signalled()
    {
        using var other = Process.Start("sleep", "60");
        (await RunAsync(ConfinedTool.Network, "bash", "-c", $"kill -9 {other.Id}")).ShouldNotBe(0);
        other.HasExited.ShouldBeFalse();
        other.Kill();
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_named() =>
        (await RunAsync(ConfinedTool.Files, "/nowhere/ffmpeg")).ShouldBe(127);

    private static async Task<int> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(WorkerProgram.Confiner.Program, [.. WorkerProgram.Confiner.Arguments, .. arguments])
        {
            UseShellExecute = false, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode;
    }
}
