using LiveFace.Media.Ffmpeg;

namespace LiveFace.Media.Tests.Ffmpeg;

public sealed class MediaSourceTests : ClipTestBase
{
    [Theory]
    [InlineData("concat:a.mp4|b.mp4")]
    [InlineData("-y")]
    [InlineData("-i")]
    [InlineData("data:video/mp4;base64,AAAA")]
    [InlineData("pipe:0")]
    [InlineData("subfile,,start,0,end,9,,:/etc/passwd")]
    public void A_path_that_looks_like_something_else_is_a_path(string path)
    {
        var arguments = MediaSource.Parse(path).InputArguments().ToList();
        arguments[^2].ShouldBe("-i");
        arguments[^1].ShouldBe("file:" + Path.GetFullPath(path));
        arguments[arguments.IndexOf("-protocol_whitelist") + 1].ShouldBe("file");
    }

    [Theory]
    [InlineData("rtsp://camera.example/stream")]
    [InlineData("rtmp://host.example/app/key")]
    [InlineData("https://host.example/live.m3u8")]
    public void A_stream_may_open_the_network_and_no_files(string address)
    {
        var source = MediaSource.Parse(address);
        source.IsFile.ShouldBeFalse();
        var arguments = source.InputArguments().ToList();
        arguments[^1].ShouldBe(address);
        arguments[arguments.IndexOf("-protocol_whitelist") + 1].Split(',').ShouldNotContain("file");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://host.example/")]
    [InlineData("concat://host.example/")]
    [InlineData("http://")]
    [InlineData("rtsp://host.example/a\r\nX: y")]
    public void Addresses_of_other_kinds_are_refused(string address) =>
        Should.Throw<ArgumentException>(() => MediaSource.Parse(address));

    [Fact]
    public void Passwords_are_not_shown()
    {
        MediaSource.Parse("rtsp://admin:secret@camera.example/1").ToString().ShouldBe("rtsp://***@camera.example/1");
        MediaTarget.Parse("rtmp://me:secret@host.example/live").ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_playlist_in_a_file_can_not_open_other_files()
    {
        var secret = await _clips.MakeAsync("secret.ts", Cancellation);
        var playlist = _clips.At("playlist.mp4");
        await File.WriteAllTextAsync(playlist, $"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.5,\nfile://{secret}\n#EXT-X-ENDLIST\n", Cancellation);
        var list = _clips.At("list.mp4");
        await File.WriteAllTextAsync(list, $"ffconcat version 1.0\nfile '{secret}'\n", Cancellation);

        foreach (var path in new[] { playlist, list })
            await Should.ThrowAsync<FfmpegException>(() => FfmpegReader.OpenAsync(MediaSource.File(path), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation));
    }

    [Theory]
    [InlineData("a'b \"c\" $(d) ;e.mp4")]
    [InlineData("-vf.mp4")]
    [InlineData("concat:x.mp4")]
    [InlineData("%d.mp4")]
    public async Task Any_file_name_can_be_read_and_written(string name)
    {
        var made = await _clips.MakeAsync("made.mp4", Cancellation);
        var path = _clips.At(name);
        File.Move(made, path);
        (await MediaProbe.ReadAsync(MediaSource.File(path), FfmpegTools.OnPath, Cancellation)).Video.ShouldNotBeNull();
        await using (var reader = await FfmpegReader.OpenAsync(MediaSource.File(path), _pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancellation))
        await using (var writer = await FfmpegWriter.OpenAsync(MediaTarget.File(path), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath, Overwrite = true }, Cancellation))
        {
            while (await reader.ReadAsync(Cancellation) is { } frame)
            {
                using (frame)
                    await writer.WriteAsync(Openly.Redacted(frame), Cancellation);
            }

            await writer.FinishAsync(Cancellation);
        }

        Directory.GetFiles(_clips.Folder).ShouldBe([path]);
        (await MediaProbe.ReadAsync(MediaSource.File(path), FfmpegTools.OnPath, Cancellation)).Audio.ShouldBeNull();
    }

    [Theory]
    [InlineData("out.exe")]
    [InlineData("out")]
    [InlineData("rtsp:")]
    [InlineData("http://host.example/out.mp4")]
    public void Targets_of_other_kinds_are_refused(string target) =>
        Should.Throw<ArgumentException>(() => MediaTarget.Parse(target));
}
