using LiveFace.Media.Sandbox;

namespace LiveFace.Media.Ffmpeg;

/// <summary>Somewhere that FFmpeg may write: a file by its extension, or a stream by its scheme.</summary>
public sealed record MediaTarget
{
    private MediaTarget(string address, MediaContainer container)
    {
        Address = address;
        Container = container;
    }

    /// <summary>A path, or an address with its scheme.</summary>
    public string Address { get; }

    /// <summary>How it is packed.</summary>
    public MediaContainer Container { get; }

    /// <summary>Whether it is a file.</summary>
    public bool IsFile => Container is not (MediaContainer.Rtmp or MediaContainer.Rtsp);

    /// <summary>Whether it is a picture that moves: it has no sound.</summary>
    public bool IsAnimation => Container is MediaContainer.Gif or MediaContainer.Apng;

    /// <summary>Whether it is a piece of a film, without sound, that is joined with others into one; see <see cref="FfmpegJoin"/>.</summary>
    public bool IsPiece => Container is MediaContainer.TransportStream or MediaContainer.Ivf;

    /// <summary>Whether it is a file that only the memory has.</summary>
    internal bool IsMemory => Held is not null;

    private MemoryFile? Held { get; init; }

    /// <summary>What writing it takes.</summary>
    internal ToolAccess Access => Held is not null ? ToolAccess.None with { Held = [Address], Most = Held.Largest } : IsFile ? new ToolAccess([], [PartPath], Network: false) : new ToolAccess([], [], Network: true);

    /// <summary>Where a file grows; it gets its own name only when it is whole.</summary>
    internal string PartPath => IsMemory ? Address : Address + ".part";

    /// <summary>A file ending in .mp4, .webm, .mkv, .gif or .apng.</summary>
    public static MediaTarget File(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var container = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".MP4" or ".M4V" or ".MOV" => MediaContainer.Mp4,
            ".WEBM" => MediaContainer.WebM,
            ".MKV" => MediaContainer.Matroska,
            ".GIF" => MediaContainer.Gif,
            ".APNG" => MediaContainer.Apng,
            _ => throw new ArgumentException("The file's name ends in .mp4, .webm, .mkv, .gif or .apng.", nameof(path)),
        };
        return new MediaTarget(Path.GetFullPath(path), container);
    }

    /// <summary>A file in memory that is packed as the named one would be.</summary>
    public static MediaTarget Memory(MemoryFile file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new MediaTarget(file.Path, File(name).Container) { Held = file };
    }

    /// <summary>What pieces of such a film are packed as; null where it cannot be put together of any.</summary>
    public static MediaContainer? PieceOf(MediaContainer film) => film switch
    {
        MediaContainer.Mp4 or MediaContainer.Matroska => MediaContainer.TransportStream,
        MediaContainer.WebM => MediaContainer.Ivf,
        _ => null,
    };

    /// <summary>A piece of a film, in a file or, where one is given, in memory.</summary>
    public static MediaTarget Piece(string path, MediaContainer piece, MemoryFile? memory = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = new MediaTarget(memory?.Path ?? Path.GetFullPath(path), piece) { Held = memory };
        return target.IsPiece ? target : throw new ArgumentException($"{piece} is no container for pieces.", nameof(piece));
    }

    /// <summary>Sound alone, in memory.</summary>
    internal static MediaTarget Sound(MemoryFile file, MediaContainer container) => new(file.Path, container) { Held = file };

    /// <summary>A stream: rtmp, rtmps or rtsp.</summary>
    internal static MediaTarget Stream(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        var known = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && !address.Any(char.IsControl);
        var container = (known ? uri!.Scheme : "") switch
        {
            "rtmp" or "rtmps" => MediaContainer.Rtmp,
            "rtsp" => MediaContainer.Rtsp,
            _ => throw new ArgumentException("A stream goes to rtmp://, rtmps:// or rtsp:// and names a host.", nameof(address)),
        };
        return new MediaTarget(address, container);
    }

    /// <summary>A stream when the text has a scheme, else a file.</summary>
    public static MediaTarget Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return text.Contains("://", StringComparison.Ordinal) ? Stream(text) : File(text);
    }

    /// <summary>Without user and password, for people to read.</summary>
    public override string ToString() => IsMemory ? "the film" : ErrorTail.WithoutPasswords(Address);

    internal string[] OutputArguments() => Container switch
    {
        MediaContainer.Mp4 => ["-movflags", "+faststart", "-f", "mp4", "file:" + PartPath],
        MediaContainer.WebM => ["-f", "webm", "file:" + PartPath],
        MediaContainer.Matroska => ["-f", "matroska", "file:" + PartPath],
        MediaContainer.Gif => ["-loop", "0", "-f", "gif", "file:" + PartPath],
        MediaContainer.Apng => ["-plays", "0", "-f", "apng", "file:" + PartPath],
        // The first packet says itself that the count of packets begins anew.
        MediaContainer.TransportStream =>
            ["-muxdelay", "0", "-muxpreload", "0", "-mpegts_flags", "+initial_discontinuity", "-f", "mpegts", "file:" + PartPath],
        MediaContainer.Ivf => ["-f", "ivf", "file:" + PartPath],
        MediaContainer.Rtmp => ["-flvflags", "no_duration_filesize", "-f", "flv", Address],
        _ => ["-rtsp_transport", "tcp", "-f", "rtsp", Address],
    };
}
