using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;

namespace LiveFace.Films.Rendering;

/// <summary>How a redacted film is written.</summary>
public sealed record RenderOptions
{
    /// <summary>
    /// Quality, 0 (best) to 51, as x264 counts it, whatever it takes. Null is <see cref="UsualQuality"/>, in not much more bits
    /// than the film has.
    /// </summary>
    public int? Quality { get; init; }

    /// <summary>The quality where none is named.</summary>
    public const int UsualQuality = FfmpegWriterSettings.UsualQuality;

    /// <summary>So many times the film's bits may be taken, and more where its codec does with fewer than H.264.</summary>
    private const double MostGrowth = 1.5, MostGrowthOfNewer = 2.5;

    private const long LeastBits = 200_000;

    /// <summary>Whether a file that exists is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What reads and writes, and what it is confined by.</summary>
    public required FfmpegTools Tools { get; init; }

    /// <summary>For pieces of a film, and for what makes one film of them: without sound.</summary>
    internal FfmpegWriterSettings ForPieces(MediaInfo info, TimeSpan shift) => new()
    {
        Tools = Tools, Quality = Quality ?? UsualQuality, Overwrite = true, Like = info.Video,
        MostBitsPerSecond = Quality is null ? MostBits(info.Video!) : null, PieceShift = shift,
    };

    internal FfmpegWriterSettings ForWriter(MediaSource film, MediaInfo info, ReviewedTracks reviewed) => new()
    {
        Tools = Tools, Quality = Quality ?? UsualQuality, Overwrite = Overwrite, AudioFrom = info.Audio is null ? null : film, Like = info.Video,
        MostBitsPerSecond = Quality is null ? MostBits(info.Video!) : null,
        Muted = [.. reviewed.Sounds.Select(sound => new MutedSound(sound.Time.From, sound.Time.To, sound.How == SoundEdit.Beep))],
    };

    private static long? MostBits(VideoTrackInfo video) => video.BitsPerSecond is { } bits
        ? Math.Max(LeastBits, (long)(bits * (video.Codec is "hevc" or "av1" or "vp9" ? MostGrowthOfNewer : MostGrowth)))
        : null;
}
