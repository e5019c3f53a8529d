using System.Globalization;

namespace LiveFace.Media.Ffmpeg;

/// <summary>
/// How sound gets into an output: decoded, and encoded from its samples. No codec is copied, because none carries samples
/// alone: FLAC and Vorbis keep tags and pictures in their private data, AAC keeps comments there and in its packets,
/// Opus pads its packets, MP3 and AC-3 have room for other data in each frame, and containers pass private data on
/// without looking behind its end.
/// </summary>
internal static class SoundEncoding
{
    /// <summary>More than listeners tell from the original, so that encoding once more costs nothing audible.</summary>
    private const int BitsPerSecondAndChannel = 96_000;

    private const int MostChannels = 8;

    /// <summary>Gaps become silence, so that what follows stays beside its pictures; the layouts are those that every encoder takes.</summary>
    private const string Filter = "aresample=async=1", Layouts = "aformat=channel_layouts=mono|stereo|5.1|7.1";

    /// <summary>The tone in the place of sound: clearly heard, and quieter than speech.</summary>
    private const string Tone = "0.1*sin(2*PI*1000*t)";

    private static readonly string[] LosslessCodecs = ["flac", "alac", "wavpack", "tta", "truehd", "mlp", "ape", "wmalossless"];

    /// <summary>What sound is kept in until its film is put together: as it will be there, but for Opus, which tells of its delay in WebM alone.</summary>
    public static MediaContainer KeptIn(MediaContainer film) => film == MediaContainer.WebM ? MediaContainer.Matroska : film;

    /// <summary>Arguments for sound that is kept for such a film.</summary>
    public static string[] Keep(MediaContainer film, AudioTrackInfo sound, IReadOnlyList<MutedSound> muted) => film == MediaContainer.WebM
        ? [.. Filters(0, muted), "-c:a", "flac"]
        : Arguments(film, sound, muted, input: 0);

    /// <summary>Arguments for sound that was kept, as the second input.</summary>
    public static string[] Kept(MediaContainer film, AudioTrackInfo sound) =>
        film == MediaContainer.WebM ? ["-map", "1:a:0", .. Lossy("libopus", sound)] : ["-map", "1:a:0", "-c:a", "copy"];

    /// <summary>Arguments for the first track of sound of an input, which is the second where nothing else is said.</summary>
    public static string[] Arguments(MediaContainer container, AudioTrackInfo sound, IReadOnlyList<MutedSound> muted, int input = 1) =>
    [
        .. Filters(input, muted),
        .. container switch
        {
            MediaContainer.WebM => Lossy("libopus", sound),
            MediaContainer.Matroska when IsLossless(sound) => ["-c:a", "flac"],
            MediaContainer.Mp4 when IsLossless(sound) => ["-c:a", "alac"],
            _ => Lossy("aac", sound),
        },
    ];

    private static string[] Filters(int input, IReadOnlyList<MutedSound> muted) =>
        ["-map", $"{input}:a:0", "-af", muted.Count == 0 ? $"{Filter},{Layouts}" : $"{Filter},{Silence(muted)},{Layouts}"];

    /// <summary>Asks for each sample, so that not one of them is heard at the edges.</summary>
    private static string Silence(IReadOnlyList<MutedSound> muted) =>
        $"aeval='if({Within(muted, tone: true)},{Tone},if({Within(muted, tone: false)},0,val(ch)))':c=same";

    private static string Within(IReadOnlyList<MutedSound> muted, bool tone) => string.Join('+', muted.Where(one => one.IsTone == tone)
        .Select(one => string.Create(CultureInfo.InvariantCulture, $"between(t,{one.From.TotalSeconds:0.######},{one.To.TotalSeconds:0.######})"))
        .DefaultIfEmpty("0"));

    private static bool IsLossless(AudioTrackInfo sound) =>
        sound.Codec.StartsWith("pcm_", StringComparison.Ordinal) || LosslessCodecs.Contains(sound.Codec, StringComparer.Ordinal);

    private static string[] Lossy(string encoder, AudioTrackInfo sound) =>
        ["-c:a", encoder, "-b:a", $"{BitsPerSecondAndChannel * Math.Clamp(sound.Channels, 1, MostChannels)}"];
}
