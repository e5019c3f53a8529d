using System.Globalization;

namespace LiveFace.Media.Sandbox;

/// <summary>Which files a run of a tool reads and writes, and whether it reaches out over the network. Written ones exist already.</summary>
internal sealed record ToolAccess(IReadOnlyList<string> Reads, IReadOnlyList<string> Writes, bool Network)
{
    private const string NetworkWord = "network";
    private const string HeldWord = "held";
    private const string MostWord = "most";
    private const string ReadWord = "read";
    private const string WriteWord = "write";
    private const string End = "--";

    /// <summary>Files in the memory of whoever starts the tool, as that opens them; the tool has them open before it runs.</summary>
    public IReadOnlyList<string> Held { get; init; } = [];

    /// <summary>The most bytes of a file that is written; null where the disk is the limit.</summary>
    public long? Most { get; init; }

    /// <summary>No file and no network.</summary>
    public static ToolAccess None { get; } = new([], [], false);

    public ToolAccess With(ToolAccess other) =>
        new([.. Reads, .. other.Reads], [.. Writes, .. other.Writes], Network || other.Network)
        {
            Held = [.. Held, .. other.Held], Most = Most ?? other.Most,
        };

    /// <summary>As arguments of a command line, before those of the tool.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        .. Network ? [NetworkWord] : Array.Empty<string>(),
        .. Held.SelectMany(path => new[] { HeldWord, path }),
        .. Most is { } most ? [MostWord, most.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. Reads.SelectMany(path => new[] { ReadWord, path }), .. Writes.SelectMany(path => new[] { WriteWord, path }), End,
    ];

    /// <summary>Takes them from the front of a command line; null where they are none.</summary>
    public static ToolAccess? Take(ref ReadOnlySpan<string> arguments)
    {
        var access = None;
        while (true)
        {
            switch (arguments)
            {
                case [End, ..]:
                    arguments = arguments[1..];
                    return access;
                case [NetworkWord, ..]:
                    access = access with { Network = true };
                    arguments = arguments[1..];
                    break;
                case [HeldWord, var path, ..]:
                    access = access with { Held = [.. access.Held, path] };
                    arguments = arguments[2..];
                    break;
                case [MostWord, var most, ..] when long.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes):
                    access = access with { Most = bytes };
                    arguments = arguments[2..];
                    break;
                case [ReadWord, var path, ..]:
                    access = access with { Reads = [.. access.Reads, path] };
                    arguments = arguments[2..];
                    break;
                case [WriteWord, var path, ..]:
                    access = access with { Writes = [.. access.Writes, path] };
                    arguments = arguments[2..];
                    break;
                default:
                    return null;
            }
        }
    }
}
