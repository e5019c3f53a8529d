using System.Globalization;
using LiveFace.Media.Codecs;

namespace LiveFace.Media.Ffmpeg;

/// <summary>How a file or stream is written.</summary>
public sealed record FfmpegWriterSettings
{
    /// <summary>Where sound is taken from; null writes none. It is encoded anew, see <see cref="SoundEncoding"/>. Must be a file, because it is opened a second time.</summary>
    public MediaSource? AudioFrom { get; init; }

    /// <summary>Whether the sound was taken from its source before, by <see cref="FfmpegSound"/>.</summary>
    public bool IsSoundKept { get; init; }

    /// <summary>Parts of the sound that are not to be heard, on the pictures' clock.</summary>
    public IReadOnlyList<MutedSound> Muted { get; init; } = [];

    /// <summary>Quality of files, 0 (best) to 51, as x264 counts it.</summary>
    public int Quality { get; init; } = UsualQuality;

    /// <summary>The quality where none is named.</summary>
    public const int UsualQuality = 21;

    /// <summary>Bits per second of streams.</summary>
    public int BitsPerSecond { get; init; } = 3_000_000;

    /// <summary>The stream that the pictures come from: what its colours and pixels are is named in the output.</summary>
    public VideoTrackInfo? Like { get; init; }

    /// <summary>The most bits per second of files, whatever the quality takes; null sets no limit.</summary>
    public long? MostBitsPerSecond { get; init; }

    /// <summary>How much later than on the film's clock the pictures of a piece stand, in whole seconds: no time in it is negative.</summary>
    public TimeSpan PieceShift { get; init; }

    /// <summary>Whether a file that exists is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The tools to use.</summary>
    public required FfmpegTools Tools { get; init; }

    private static readonly string[] Matrices = ["bt709", "smpte170m", "bt470bg", "bt2020nc", "fcc", "smpte240m"];
    private static readonly string[] PrimaryNames = ["bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m", "bt2020"];
    private static readonly string[] Transfers = ["bt709", "gamma22", "gamma28", "smpte170m", "smpte240m", "iec61966-2-1", "bt2020-10", "bt2020-12"];

    internal void Validate(MediaTarget target)
    {
        EncoderSettings.Check(Quality is >= 0 and <= 51, nameof(Quality), Quality, "0 to 51");
        EncoderSettings.Check(BitsPerSecond is >= RateLimits.MinimumBitsPerSecond and <= RateLimits.MaximumBitsPerSecond, nameof(BitsPerSecond), BitsPerSecond, $"{RateLimits.MinimumBitsPerSecond} to {RateLimits.MaximumBitsPerSecond}");
        EncoderSettings.Check(Muted.Count <= MutedSound.Most, nameof(Muted), Muted.Count, $"{MutedSound.Most} at most");
        if (AudioFrom is { IsFile: false })
            throw new ArgumentException("Sound can be taken from files only: a live stream opened twice would not be in step.", nameof(target));
        if (AudioFrom is not null && AudioFrom.Address == target.Address)
            throw new ArgumentException("The file to write is the file that sound is taken from.", nameof(target));
    }

    /// <summary>Arguments between the pictures' input and the output.</summary>
    internal IEnumerable<string> Arguments(MediaTarget target, AudioTrackInfo? sound) =>
    [
        .. AudioFrom?.InputArguments() ?? [],
        "-map", "0:v:0",
        .. sound is null || target.IsAnimation ? ["-an"] : SoundEncoding.Arguments(target.Container, sound, Muted),
        // Nothing of the source but its samples of sound: places, dates, devices and chapters stay behind.
        "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn",
        "-fps_mode", "passthrough",
        .. target.IsPiece ? ["-avoid_negative_ts", "disabled", "-output_ts_offset", Seconds(PieceShift)] : (string[])["-avoid_negative_ts", "make_zero"],
        .. VideoArguments(target),
        .. target.IsAnimation ? [] : (string[])[.. Colours(), "-color_range", "tv"],
        .. Filters(target) is { Length: > 0 } filters ? ["-vf", filters] : Array.Empty<string>(),
        .. LastDuration(target),
        .. target.OutputArguments(),
    ];

    /// <summary>Arguments that make one film of its pieces, which are read from standard input.</summary>
    internal IEnumerable<string> JoinArguments(MediaTarget target, MediaContainer pieces, AudioTrackInfo? sound) =>
    [
        "-itsoffset", Seconds(-PieceShift), "-protocol_whitelist", "pipe", "-f", pieces == MediaContainer.Ivf ? "ivf" : "mpegts", "-i", "pipe:0",
        .. IsSoundKept && AudioFrom is not null ? ["-itsoffset", Seconds(-PieceShift)] : Array.Empty<string>(),
        .. AudioFrom?.InputArguments() ?? [],
        "-map", "0:v:0",
        .. sound is null ? ["-an"] : IsSoundKept ? SoundEncoding.Kept(target.Container, sound) : SoundEncoding.Arguments(target.Container, sound, Muted),
        "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-avoid_negative_ts", "make_zero", "-c:v", "copy",
        // What streams do not say themselves; VP9 leaves all of it to its container.
        .. Colours(), "-color_range", "tv", .. pieces == MediaContainer.Ivf ? Aspect() : [],
        .. LastDuration(target),
        .. target.OutputArguments(),
    ];

    /// <summary>Arguments that take the sound of such a film from its source, so that the source is no longer needed when the film is made.</summary>
    internal IEnumerable<string> SoundArguments(MediaContainer film, MediaTarget into, AudioTrackInfo sound) =>
    [
        .. AudioFrom!.InputArguments(), .. SoundEncoding.Keep(film, sound, Muted),
        "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-avoid_negative_ts", "disabled", "-output_ts_offset", Seconds(PieceShift),
        .. into.OutputArguments(),
    ];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    private string[] Aspect() => Like is { PixelShape: { IsSquare: false } shape, Width: var width, Height: var height }
        ? ["-aspect", $"{(long)width * shape.Width}:{(long)height * shape.Height}"]
        : [];

    /// <summary>Pixels of another shape stay so; a GIF takes the 256 colours that suit all of it.</summary>
    private string Filters(MediaTarget target) => string.Join(
        ',',
        ((string[])[
            Like is { PixelShape: { IsSquare: false } shape } ? $"setsar={shape.Width}/{shape.Height}" : "",
            target.Container == MediaContainer.Gif ? "split[seen][kept];[seen]palettegen=reserve_transparent=0[palette];[kept][palette]paletteuse" : "",
        ]).Where(filter => filter.Length > 0));

    private string[] Colours()
    {
        if (Like is not { } like)
            return [];
        if (like.IsHdr)
            return ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"];
        return
        [
            .. Named("-colorspace", like.ColourMatrix, Matrices), .. Named("-color_primaries", like.ColourPrimaries, PrimaryNames),
            .. Named("-color_trc", like.ColourTransfer, Transfers),
        ];
    }

    private static string[] Named(string option, string? name, string[] known) =>
        known.Contains(name, StringComparer.Ordinal) ? [option, name!] : [];

    /// <summary>
    /// A picture lasts until the next; how long the last one does is nowhere said, and MP4 would leave out one that lasts no
    /// time. FFmpeg guesses it of small pictures alone.
    /// </summary>
    private string[] LastDuration(MediaTarget target) => target.Container == MediaContainer.Mp4
        ? ["-bsf:v", string.Create(CultureInfo.InvariantCulture, $"setts=pts=PTS:dts=DTS:duration='if(gt(DURATION,0),DURATION,{1 / (Like is { FramesPerSecond: > 0 } like ? like.FramesPerSecond : UsualRate):0.######}/TB)'")]
        : [];

    /// <summary>
    /// A tick a picture: libvpx takes a piece's first picture to last one tick, and gives it bits by that. Each piece has to have the same
    /// clock, which FFmpeg would guess for each.
    /// </summary>
    private string PictureTicks() => string.Create(CultureInfo.InvariantCulture, $"1000000:{(Like is { FramesPerSecond: > 0 } like ? like.FramesPerSecond : UsualRate) * 1e6:0}");

    /// <summary>Pictures a second where the source does not say.</summary>
    private const double UsualRate = 25;

    private string[] Limit() => MostBitsPerSecond is { } most ? ["-maxrate", $"{most}", "-bufsize", $"{2 * most}"] : [];

    private string[] VideoArguments(MediaTarget target) => target.Container switch
    {
        MediaContainer.WebM or MediaContainer.Ivf =>
            [.. target.IsPiece ? ["-enc_time_base", PictureTicks()] : Array.Empty<string>(), "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "6", "-row-mt", "1", "-b:v", $"{MostBitsPerSecond ?? 0}", "-crf", $"{Math.Min(63, Quality + 10)}", "-pix_fmt", "yuv420p"],
        MediaContainer.Gif => ["-c:v", "gif", "-enc_time_base", "1:100"],
        MediaContainer.Apng => ["-c:v", "apng", "-pred", "mixed", "-pix_fmt", "rgb24", "-enc_time_base", "1:1000"],
        MediaContainer.Rtmp or MediaContainer.Rtsp =>
            ["-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-b:v", $"{BitsPerSecond}", "-maxrate", $"{BitsPerSecond}", "-bufsize", $"{BitsPerSecond / 2}", "-g", "60", "-pix_fmt", "yuv420p"],
        _ =>
            ["-c:v", "libx264", "-preset", "veryfast", "-crf", $"{Quality}", .. Limit(), "-pix_fmt", "yuv420p", "-enc_time_base", "1:90000"],
    };
}
