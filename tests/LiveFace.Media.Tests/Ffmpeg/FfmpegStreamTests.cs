using System.Globalization;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Frames;
using LiveFace.Media.Tests.Sandbox;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Over RTMP and RTSP, confined: the other side is an ffmpeg that listens, or GStreamer's RTSP server.</summary>
public sealed class FfmpegStreamTests : ClipTestBase
{
    private static readonly FfmpegReaderSettings Confined = new() { Tools = FfmpegTools.OnPath with { Confiner = WorkerProgram.Confiner } };

    // An ffmpeg that listens for RTSP gives the first two pictures one time, also those that ffmpeg itself sends.
    [Theory]
    [InlineData("rtmp://127.0.0.1:{0}/live/key", 44, "-f", "flv", "-listen", "1")]
    [InlineData("rtsp://127.0.0.1:{0}/live", 43, "-rtsp_flags", "listen")]
    public async Task Pictures_are_sent_to_a_server(string pattern, int steps, params string[] listen)
    {
        var port = FreePort.Next();
        var address = string.Format(CultureInfo.InvariantCulture, pattern, port);
        var received = _clips.At("received.mkv");
        using var server = StreamServers.Listen([.. listen, "-i", address, "-c", "copy", received]);
        await StreamServers.UntilListeningAsync(port);
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
        using var server = StreamServers.Listen("-i", clip, "-c", "copy", "-f", "flv", "-listen", "1", address);
        await StreamServers.UntilListeningAsync(port);

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
        using var server = await StreamServers.RtspServerAsync($"{port}");
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
}
