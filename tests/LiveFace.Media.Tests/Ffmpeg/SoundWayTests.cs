using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Codecs;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Sound that is encoded anew stays what it was.</summary>
public sealed class SoundWayTests : SoundTestBase
{
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
}
