using System.Text;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Media.Tests.Codecs;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>
/// What a film holds beside its pictures and its sound stays behind: text is planted wherever containers and codecs have
/// room, and outputs are searched for it byte by byte.
/// </summary>
public sealed class LeftBehindTests : IDisposable
{
    private const string InTags = "planted-in-the-tags", InTrackTags = "planted-in-tags-of-the-track", InChapter = "planted-in-a-chapter";
    private const string InAttachment = "planted-in-an-attachment", InPicture = "planted-in-a-picture-file", InSubtitles = "planted-in-subtitles";
    private const string InSideData = "planted-in-side-data-of-the-pictures", InDataTrack = "planted-in-a-track-of-data";
    private const string InPrivateData = "planted-in-private-data", InPackets = "planted-in-packets-of-sound";

    private static readonly string[] Outputs = ["mp4", "webm", "mkv"];

    private readonly FramePool _pool = new();
    private readonly Clips _clips = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
        _clips.Dispose();
    }

    [Theory]
    [InlineData("mp4", "aac", InTags, InTrackTags, InChapter, InSubtitles, InSideData, InPicture)]
    [InlineData("mov", "alac", InTags, InTrackTags, InChapter, InSubtitles, InSideData, InPicture)]
    [InlineData("mkv", "libvorbis", InTags, InTrackTags, InChapter, InAttachment, InSubtitles, InSideData, InPicture)]
    [InlineData("webm", "libopus", InTags, InTrackTags, InChapter, InSubtitles)]
    [InlineData("avi", "libmp3lame", InTags, InSideData, InPicture)]
    [InlineData("ts", "ac3", InTags, InSideData, InDataTrack)]
    [InlineData("flv", "libmp3lame", InTags, InSideData)]
    [InlineData("ogg", "libvorbis", InTrackTags)]
    [InlineData("wmv", "wmav2", InTags, InChapter, InPicture)]
    [InlineData("nut", "aac", InTags, InTrackTags, InChapter, InPicture)]
    public async Task Nothing_that_a_container_holds_beside_pictures_and_sound_gets_out(string container, string encoder, params string[] planted) =>
        await NothingGetsOutOfAsync(await MakeAsync(container, encoder, planted), planted);

    [Theory]
    [InlineData("aac", "aac", true)]
    [InlineData("libmp3lame", "mp3", false)]
    [InlineData("mp2", "mp2", true)]
    [InlineData("ac3", "ac3", false)]
    [InlineData("eac3", "eac3", false)]
    [InlineData("dca", "dts", true)]
    [InlineData("libopus", "opus", true)]
    [InlineData("libvorbis", "vorbis", true)]
    [InlineData("flac", "flac", false)]
    [InlineData("alac", "alac", false)]
    [InlineData("wavpack", "wavpack", false)]
    [InlineData("pcm_s16le", "pcm_s16le", false)]
    [InlineData("pcm_f32le", "pcm_f32le", false)]
    public async Task Nothing_that_a_codec_holds_beside_its_samples_gets_out(string encoder, string codec, bool packetsHaveRoom)
    {
        string[] arguments =
        [
            "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=10:duration=0.5", "-f", "lavfi", "-i", "sine=440:duration=0.5",
            "-c:v", "mpeg4", "-c:a", encoder, "-strict", "-2", "-live", "1", "-f", "matroska", "-",
        ];
        var made = await OtherTools.RunAsync("ffmpeg", arguments, [], Cancellation);
        var source = _clips.At("source.mkv");
        await File.WriteAllBytesAsync(source, PlantedSound.Into(made, codec, InPrivateData, packetsHaveRoom ? InPackets : null), Cancellation);
        (await MediaProbe.ReadAsync(MediaSource.File(source), FfmpegTools.OnPath, Cancellation)).Audio!.Codec.ShouldBe(codec);
        await NothingGetsOutOfAsync(source, packetsHaveRoom ? [InPrivateData, InPackets] : [InPrivateData]);
    }

    [Theory]
    [InlineData("pcm_s16le", "out.mkv", "flac")]
    [InlineData("flac", "out.mkv", "flac")]
    [InlineData("flac", "out.mp4", "alac")]
    public async Task Sound_without_loss_stays_without_loss(string encoder, string name, string codec)
    {
        var source = await _clips.MakeAsync("source.mkv", Cancellation, "-c:v", "mpeg4", "-c:a", encoder);
        var path = _clips.At(name);
        await WriteAsync(source, path);
        (await MediaProbe.ReadAsync(MediaSource.File(path), FfmpegTools.OnPath, Cancellation)).Audio!.Codec.ShouldBe(codec);
        (await SamplesAsync(path)).ShouldBe(await SamplesAsync(source));
    }

    [Theory]
    [InlineData("mono", 1)]
    [InlineData("stereo", 2)]
    [InlineData("5.1(side)", 6)]
    [InlineData("quad", 6)]
    [InlineData("7.1", 8)]
    public async Task Sound_of_any_layout_is_taken(string layout, int channels)
    {
        var source = await _clips.MakeAsync("source.mkv", Cancellation, "-c:v", "mpeg4", "-c:a", "pcm_s16le", "-af", $"aformat=channel_layouts={layout}");
        foreach (var output in Outputs)
        {
            var path = _clips.At("out." + output);
            await WriteAsync(source, path);
            // Apple's codec knows another layout of eight, so six are left there.
            (await MediaProbe.ReadAsync(MediaSource.File(path), FfmpegTools.OnPath, Cancellation)).Audio!.Channels
                .ShouldBe(output == "mp4" ? Math.Min(channels, 6) : channels);
        }
    }

    [Fact]
    public async Task A_gap_in_the_sound_stays_a_gap()
    {
        var plain = await _clips.MakeAsync("plain.mkv", Cancellation, "-c:v", "mpeg4", "-c:a", "pcm_s16le");
        var source = _clips.At("gap.mkv");
        await OtherTools.RunAsync(
            "ffmpeg", ["-v", "error", "-i", plain, "-map", "0", "-c", "copy", "-bsf:a", "noise=drop='between(pts*tb\\,0.4\\,0.9)'", source], [], Cancellation);
        var path = _clips.At("out.mkv");
        await WriteAsync(source, path);
        // 16-bit samples of 44,100 a second.
        ((double)(await SamplesAsync(path)).Length).ShouldBe(2 * 44_100 * 1.5, 2 * 2_500);
    }

    private async Task NothingGetsOutOfAsync(string source, string[] planted)
    {
        // Windows' containers write text in two bytes a letter.
        var before = await File.ReadAllBytesAsync(source, Cancellation);
        foreach (var text in planted)
            Holds(before, text).ShouldBeTrue($"{Path.GetExtension(source)} does not hold what is {text}, so this test would prove nothing.");
        foreach (var output in Outputs)
        {
            var path = _clips.At("out." + output);
            await WriteAsync(source, path);
            var after = await File.ReadAllBytesAsync(path, Cancellation);
            foreach (var text in planted)
                Holds(after, text).ShouldBeFalse($"{Path.GetFileName(source)} → {output}: {text}");
            // One output shows whether the sound itself came through what was planted in it.
            if (output == "mkv")
                (await LoudnessAsync(path)).ShouldBeGreaterThan(-30, $"{Path.GetFileName(source)} has lost its sound");
        }
    }

    private static bool Holds(byte[] file, string text) =>
        file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0 || file.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    /// <summary>A film of half a second with everything that is to be planted.</summary>
    private async Task<string> MakeAsync(string container, string encoder, string[] planted)
    {
        var inputs = new List<string>();
        var outputs = new List<string>();
        var count = 0;
        void Add(string[] input, string[] output)
        {
            inputs.AddRange(input);
            outputs.AddRange(output.Select(argument => argument.Replace("#", $"{count}", StringComparison.Ordinal)));
            count++;
        }

        if (container != "ogg")
            Add(["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=10:duration=0.5"], ["-map", "#:v"]);
        Add(["-f", "lavfi", "-i", "sine=440:duration=0.5"], ["-map", "#:a"]);
        if (planted.Contains(InChapter))
            Add(["-f", "ffmetadata", "-i", File("chapters", $";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/10\nSTART=0\nEND=4\ntitle={InChapter}\n")], ["-map_chapters", "#"]);
        if (planted.Contains(InSubtitles))
            Add(["-i", File("text.srt", $"1\n00:00:00,000 --> 00:00:00,400\n{InSubtitles}\n")], ["-map", "#:s", "-c:s", container switch { "mkv" => "srt", "webm" => "webvtt", _ => "mov_text" }]);
        if (planted.Contains(InDataTrack))
            Add(["-f", "data", "-i", File("data", InDataTrack)], ["-map", "#:d", "-c:d", "copy"]);
        if (planted.Contains(InPicture))
        {
            // Once as a track of pictures, and once more as the cover where the container knows covers.
            var picture = await PictureAsync();
            Add(["-i", picture], ["-map", "#:v", "-c:v:1", "copy"]);
            if (container is "mp4" or "mov" or "mkv")
                Add(["-i", picture], ["-map", "#:v", "-c:v:2", "copy", "-disposition:v:2", "attached_pic"]);
        }

        if (planted.Contains(InAttachment))
            outputs.AddRange(["-attach", File("notes.txt", InAttachment), "-metadata:s:t", "mimetype=text/plain"]);
        if (planted.Contains(InSideData))
            outputs.AddRange(["-bsf:v:0", $"h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+{InSideData}"]);
        var video = container switch { "webm" => "libvpx", "wmv" => "wmv2", _ => planted.Contains(InSideData) ? "libx264" : "mpeg4" };
        var path = _clips.At($"{encoder}.{container}");
        await OtherTools.RunAsync(
            "ffmpeg",
            [
                "-v", "error", "-y", .. inputs, .. outputs, "-c:v:0", video, "-pix_fmt:v:0", "yuv420p", "-c:a", encoder, "-strict", "-2",
                "-metadata", $"{(container == "ts" ? "service_name" : "title")}={InTags}", "-metadata:s:a:0", $"title={InTrackTags}",
                "-metadata:s:a:0", $"handler_name={InTrackTags}", path,
            ],
            [], Cancellation);
        return path;

        string File(string name, string text)
        {
            System.IO.File.WriteAllText(_clips.At(name), text);
            return _clips.At(name);
        }
    }

    /// <summary>A JPEG with text in a comment segment.</summary>
    private async Task<string> PictureAsync()
    {
        var jpeg = await OtherTools.RunAsync(
            "ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1", "-f", "mjpeg", "-"], [], Cancellation);
        var path = _clips.At("cover.jpg");
        var comment = Encoding.ASCII.GetBytes(InPicture);
        await File.WriteAllBytesAsync(path, [.. jpeg.AsSpan(0, 2), 0xFF, 0xFE, 0, (byte)(comment.Length + 2), .. comment, .. jpeg.AsSpan(2)], Cancellation);
        return path;
    }

    private async Task WriteAsync(string source, string path)
    {
        await using var writer = await FfmpegWriter.OpenAsync(
            MediaTarget.File(path), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath, AudioFrom = MediaSource.File(source), Overwrite = true }, Cancellation);
        for (var i = 0; i < 3; i++)
        {
            using var picture = RandomPictures.Waves(_pool, 64, 48, i * 0.1);
            picture.CaptureTime = TimeSpan.FromMilliseconds(100 * i);
            await writer.WriteAsync(Openly.Redacted(picture), Cancellation);
        }

        await writer.FinishAsync(Cancellation);
    }

    private static Task<byte[]> SamplesAsync(string path) =>
        OtherTools.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-map", "0:a", "-f", "s16le", "-"], [], Cancellation);

    private static async Task<double> LoudnessAsync(string path)
    {
        var samples = await SamplesAsync(path);
        double sum = 0;
        for (var i = 0; i + 1 < samples.Length; i += 2)
            sum += Math.Pow(BitConverter.ToInt16(samples, i) / 32768.0, 2);
        return 10 * Math.Log10(sum / Math.Max(1, samples.Length / 2));
    }
}
