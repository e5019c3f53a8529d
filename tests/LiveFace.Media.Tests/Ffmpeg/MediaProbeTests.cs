using LiveFace.Media.Ffmpeg;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>What is found in a file, and in a stream as it comes.</summary>
public sealed class MediaProbeTests : ClipTestBase
{
    [Fact]
    public async Task A_probe_tells_what_is_in_a_file()
    {
        var path = await _clips.MakeAsync("clip.mp4", Cancellation);
        var info = await MediaProbe.ReadAsync(MediaSource.File(path), FfmpegTools.OnPath, Cancellation);
        info.Duration!.Value.TotalSeconds.ShouldBe(1.5, 0.1);
        info.Container.ShouldContain("mp4");
        info.Video.ShouldBe(new VideoTrackInfo("h264", 160, 90, 0, 30, 45, info.Video!.ColourMatrix) { BitsPerSecond = info.Video.BitsPerSecond });
        info.Video.BitsPerSecond!.Value.ShouldBeGreaterThan(1000);
        info.Audio.ShouldBe(new AudioTrackInfo("aac", 44100, 1));
        var error = await Should.ThrowAsync<FfmpegException>(() => MediaProbe.ReadAsync(MediaSource.File(_clips.At("none")), FfmpegTools.OnPath, Cancellation));
        error.Message.ShouldContain("No such file");
    }

    [Fact]
    public async Task A_stream_over_http_is_read_as_it_comes()
    {
        var path = await _clips.MakeAsync("clip.ts", Cancellation);
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        using var listener = new System.Net.HttpListener();
        var server = $"http://127.0.0.1:{FreePort.Next()}/";
        listener.Prefixes.Add(server);
        listener.Start();
        var serving = ServeAsync();
        await using (var reader = await FfmpegReader.OpenAsync(MediaSource.Parse(server + "clip.ts"), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation))
        {
            var frames = 0;
            while (await reader.ReadAsync(Cancellation) is { } frame)
            {
                frame.Dispose();
                frames++;
            }

            frames.ShouldBe(45);
        }

        listener.Stop();
        await serving;

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await listener.GetContextAsync();
                    await context.Response.OutputStream.WriteAsync(bytes, Cancellation);
                    context.Response.Close();
                }
            }
            catch (Exception error) when (error is System.Net.HttpListenerException or ObjectDisposedException)
            {
                // Stopped.
            }
        }
    }
}
