using System.Collections.Frozen;
using LiveFace.Media.Images.Png;
using LiveFace.Media.Sandbox;

namespace LiveFace.Media.Ffmpeg;

/// <summary>
/// Something that FFmpeg may read: a file, or a stream by rtsp, rtmp or http. FFmpeg itself understands much more, some
/// of it dangerous from a stranger's hand (concat:, subfile:, playlists that name local files), so each kind comes with
/// the protocols that it may open, and files with the formats they may be.
/// </summary>
public sealed record MediaSource
{
    private const string NetworkTimeoutMicroseconds = "10000000";

    /// <summary>How much of a live stream is looked at before its pictures come; they are kept and come then.</summary>
    private const string ProbeMicroseconds = "1500000";

    /// <summary>Formats that hold their pictures themselves; none of these opens other files or addresses.</summary>
    private const string SelfContained =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,live_flv,ogg,asf,nut,ivf,mxf,gif,apng,yuv4mpegpipe,h264,hevc,m4v,mjpeg," +
        "wtv,dv,rm,webp_pipe,png_pipe,jpeg_pipe";

    private static readonly FrozenDictionary<string, string> Protocols = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["rtsp"] = "rtsp,rtp,srtp,udp,tcp",
        ["rtsps"] = "rtsps,rtp,srtp,udp,tcp,tls",
        ["rtmp"] = "rtmp,tcp",
        ["rtmps"] = "rtmps,rtmp,tcp,tls",
        ["http"] = "http,https,tcp,tls",
        ["https"] = "http,https,tcp,tls",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private MediaSource(string address, bool isFile, string protocols)
    {
        Address = address;
        IsFile = isFile;
        AllowedProtocols = protocols;
    }

    /// <summary>A path, or an address with its scheme.</summary>
    public string Address { get; }

    /// <summary>Whether it is a file, which ends and can be opened twice.</summary>
    public bool IsFile { get; }

    /// <summary>The name for people of a file in memory; null where its address is one.</summary>
    private string? Name { get; init; }

    /// <summary>What reading it takes.</summary>
    internal ToolAccess Access => Name is not null ? ToolAccess.None with { Held = [Address] } : IsFile ? new ToolAccess([Address], [], Network: false) : new ToolAccess([], [], Network: true);

    private string AllowedProtocols { get; }

    /// <summary>A file on this machine. The name is taken as it is, whatever it looks like.</summary>
    public static MediaSource File(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A path has no zero character.", nameof(path));
        return new MediaSource(Path.GetFullPath(path), isFile: true, "file");
    }

    /// <summary>A file in memory, as long as its holder keeps it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">What it is called to people.</param>
    public static MediaSource Memory(MemoryFile file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new MediaSource(file.Path, isFile: true, "file") { Name = name };
    }

    /// <summary>A stream: rtsp, rtsps, rtmp, rtmps, http or https.</summary>
    internal static MediaSource Stream(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        if (address.Any(char.IsControl) || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || !Protocols.TryGetValue(uri.Scheme, out var protocols) || uri.Host.Length == 0)
            throw new ArgumentException($"A stream's address starts with {string.Join(", ", Protocols.Keys.Select(p => p + "://"))} and names a host.", nameof(address));
        return new MediaSource(address, isFile: false, protocols);
    }

    /// <summary>A stream when the text has one of the known schemes, else a file.</summary>
    public static MediaSource Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return text.Contains("://", StringComparison.Ordinal) ? Stream(text) : File(text);
    }

    /// <summary>Without user and password, for people to read.</summary>
    public override string ToString() => Name ?? ErrorTail.WithoutPasswords(Address);

    /// <summary>The options and the address, as one input on FFmpeg's command line.</summary>
    internal IEnumerable<string> InputArguments()
    {
        yield return "-protocol_whitelist";
        yield return AllowedProtocols;
        if (IsFile)
        {
            yield return "-format_whitelist";
            yield return SelfContained;
            // FFmpeg takes it for one still picture where a colour profile stands before the count of its pictures.
            if (PngChunks.IsAnimatedFile(Address, isRegular: Name is not null))
            {
                yield return "-f";
                yield return "apng";
            }
        }
        else
        {
            foreach (var option in StreamOptions())
                yield return option;
        }

        yield return "-i";
        // The prefix keeps a file name such as 'concat:x' or '-y' from being anything but a file name.
        yield return IsFile ? "file:" + Address : Address;
    }

    private string[] StreamOptions()
    {
        if (Address.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase))
            return ["-rtsp_transport", "tcp", "-timeout", NetworkTimeoutMicroseconds, "-analyzeduration", ProbeMicroseconds];
        if (Address.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            return ["-rw_timeout", NetworkTimeoutMicroseconds];
        return ["-rw_timeout", NetworkTimeoutMicroseconds, "-analyzeduration", ProbeMicroseconds];
    }
}
