using LiveFace.Films.Detection;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;

namespace LiveFace.Films.Rendering;

/// <summary>How a redacted film is written.</summary>
public sealed record RenderOptions
{
    /// <summary>Quality, 0 (best) to 51, as x264 counts it.</summary>
    public int Quality { get; init; } = new FfmpegWriterSettings().Quality;

    /// <summary>Whether a file that exists is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The tools to use.</summary>
    public FfmpegTools Tools { get; init; } = FfmpegTools.OnPath;

    internal FfmpegWriterSettings ForWriter(FilmFile film, MediaInfo info, ReviewedTracks reviewed) => new()
    {
        Tools = Tools, Quality = Quality, Overwrite = Overwrite, AudioFrom = film.Source, ColourMatrix = info.Video!.ColourMatrix,
        Muted = [.. reviewed.Sounds.Select(sound => new MutedSound(sound.Time.From, sound.Time.To, sound.How == SoundEdit.Beep))],
    };
}
