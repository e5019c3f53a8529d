using System.Text;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Tests.Codecs;
using static LiveFace.Media.Tests.Ffmpeg.PlantedFilm;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>
/// What a film holds beside its pictures and its sound stays behind: text is planted wherever containers and codecs have
/// room, and outputs are searched for it byte by byte.
/// </summary>
public sealed class LeftBehindTests : SoundTestBase
{
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
        await NothingGetsOutOfAsync(await PlantedFilm.MakeAsync(_clips, container, encoder, planted, Cancellation), planted);

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

    private static async Task<double> LoudnessAsync(string path)
    {
        var samples = await SamplesAsync(path);
        double sum = 0;
        for (var i = 0; i + 1 < samples.Length; i += 2)
            sum += Math.Pow(BitConverter.ToInt16(samples, i) / 32768.0, 2);
        return 10 * Math.Log10(sum / Math.Max(1, samples.Length / 2));
    }
}
