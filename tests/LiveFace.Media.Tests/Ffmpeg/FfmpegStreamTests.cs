using System.Diagnostics;
using System.Globalization;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Media.Tests.Codecs;
using LiveFace.Media.Tests.Frames;
using LiveFace.Media.Tests.Sandbox;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Over RTMP and RTSP, confined: the other side is an ffmpeg that listens, or GStreamer's RTSP server.</summary>
public sealed class FfmpegStreamTests : IDisposable
{
    private static readonly FfmpegReaderSettings Confined = new() { Tools = FfmpegTools.OnPath with { Confiner = WorkerProgram.Confiner } };

    private readonly FramePool _pool = new();
    private readonly Clips _clips = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
        _clips.Dispose();
    }

    // An ffmpeg that listens for RTSP gives the first two pictures one time, also those that ffmpeg itself sends.
    [Theory]
    [InlineData("rtmp://127.0.0.1:{0}/live/key", 44, "-f", "flv", "-listen", "1")]
    [InlineData("rtsp://127.0.0.1:{0}/live", 43, "-rtsp_flags", "listen")]
    public async Task Pictures_are_sent_to_a_server(string pattern, int steps, params string[] listen)
    {
        var port = FreePort.Next();
        var address = string.Format(CultureInfo.InvariantCulture, pattern, port);
        var received = _clips.At("received.mkv");
        using var server = Listen([.. listen, "-i", address, "-c", "copy", received]);
        await UntilListeningAsync(port);
        await using (var writer = await FfmpegWriter.OpenAsync(MediaTarget.Parse(address), new FfmpegWriterSettings { Tools = Confined.Tools }, Cancellation))
        {
            for (var i = 0; i < 45; i++)
            {
                using var picture = RandomPictures.Waves(_pool, 160, 120, i * 0.1);
                picture.CaptureTime = TimeSpan.FromMilliseconds(i * 40);
                (await writer.WriteAsync(Openly.Redacted(picture), Cancellation)).ShouldBeTrue();
            }

            await writer.FinishAsync(Cancellation);
        }

        await server.WaitForExitAsync(Cancellation);
        await using var reader = await FfmpegReader.OpenAsync(MediaSource.File(received), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation);
        var count = 0;
        TimeSpan first = default, last = default;
        while (await reader.ReadAsync(Cancellation) is { } frame)
        {
            using (frame)
            {
                first = count++ == 0 ? frame.CaptureTime : first;
                last = frame.CaptureTime;
            }
        }

        count.ShouldBe(45);
        (last - first).TotalMilliseconds.ShouldBe(steps * 40, 2);
    }

    [Fact]
    public async Task Pictures_are_taken_from_a_server_over_rtmp()
    {
        var port = FreePort.Next();
        var address = $"rtmp://127.0.0.1:{port}/live/key";
        var clip = await _clips.MakeAsync("clip.flv", Cancellation);
        using var server = Listen("-i", clip, "-c", "copy", "-f", "flv", "-listen", "1", address);
        await UntilListeningAsync(port);

        await using var reader = await FfmpegReader.OpenAsync(MediaSource.Parse(address), _pool, Confined, Cancellation);
        var count = 0;
        while (await reader.ReadAsync(Cancellation) is { } frame)
        {
            frame.Dispose();
            count++;
        }

        count.ShouldBe(45);
        await server.WaitForExitAsync(Cancellation);
    }

    [Fact]
    public async Task Pictures_are_taken_from_a_server_over_rtsp()
    {
        var port = FreePort.Next();
        using var server = await RtspServerAsync($"{port}");
        await using var reader = await FfmpegReader.OpenAsync(MediaSource.Parse($"rtsp://127.0.0.1:{port}/live"), _pool, Confined, Cancellation);
        (reader.Width, reader.Height).ShouldBe((160, 120));
        var last = TimeSpan.MinValue;
        for (var i = 0; i < 40; i++)
        {
            using var frame = (await reader.ReadAsync(Cancellation)).ShouldNotBeNull();
            frame.CaptureTime.ShouldBeGreaterThan(last);
            last = frame.CaptureTime;
        }

        await reader.DisposeAsync();
        await server.WaitForExitAsync(Cancellation);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_without_the_password()
    {
        var error = await Should.ThrowAsync<FfmpegException>(
            () => FfmpegReader.OpenAsync(MediaSource.Parse($"rtsp://me:secret@127.0.0.1:{FreePort.Next()}/x"), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation));
        error.Message.ShouldContain("Connection refused");
        error.ToString().ShouldNotContain("secret");
    }

    private static Process Listen(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "quiet", "-nostdin", .. arguments]) { UseShellExecute = false })!;

    private static async Task<Process> RtspServerAsync(params string[] arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Ffmpeg", "rtsp_server.py");
        var server = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        (await server.StandardOutput.ReadLineAsync(Cancellation)).ShouldBe("ready");
        return server;
    }

    /// <summary>Looks into the system's table: connecting to see would take the one place that the server has.</summary>
    private static async Task UntilListeningAsync(int port)
    {
        var wanted = $"0100007F:{port:X4} 00000000:0000 0A";
        while (!(await File.ReadAllTextAsync("/proc/net/tcp", Cancellation)).Contains(wanted, StringComparison.Ordinal))
            await Task.Delay(20, Cancellation);
    }
}
