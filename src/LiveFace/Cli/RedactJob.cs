using LiveFace.Films;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Images;

namespace LiveFace.Cli;

/// <summary>One input with what it becomes: a picture has a format, a film a source and a target.</summary>
internal sealed record RedactJob(string Input, string Output, ImageFormat? Format, MediaSource? Source, MediaTarget? Target)
{
    private static readonly string[] Films = [".mp4", ".m4v", ".mov", ".webm", ".mkv", ".gif", ".apng"];

    /// <summary>All names are looked at before the first file is worked on: a mistyped one costs no time.</summary>
    /// <exception cref="FileRedactionException">One does not fit; the message says what would.</exception>
    public static List<RedactJob> All(string[] inputs, string? output, bool force)
    {
        if (output is not null && inputs.Length > 1)
            throw new FileRedactionException("--output names one file; leave it out for several inputs.");
        return [.. inputs.Select(input => Of(input, output ?? Beside(input), force))];
    }

    private static RedactJob Of(string input, string output, bool force)
    {
        if (!IsAddress(input) && !File.Exists(input))
            throw new FileRedactionException($"There is no file {input}.");
        if (!IsAddress(output) && !IsAddress(input) && Path.GetFullPath(output) == Path.GetFullPath(input))
            throw new FileRedactionException($"{input} would be written over itself; name another with --output.");
        if (!IsAddress(output) && File.Exists(output) && !force)
            throw new FileRedactionException($"{output} exists; name another with --output, or replace it with --force.");
        if (FormatOf(input) is null)
            return new RedactJob(input, output, null, Parse(MediaSource.Parse, input), Parse(MediaTarget.Parse, output));
        return FormatOf(output) is { } format
            ? new RedactJob(input, output, format, null, null)
            : throw new FileRedactionException($"{output}: a picture's name ends in .jpg, .png or .webp.");
    }

    private static string Beside(string input)
    {
        if (IsAddress(input))
            throw new FileRedactionException("Name the file for a stream with --output.");
        var extension = Path.GetExtension(input);
        var kept = FormatOf(input) is not null || Films.Contains(extension, StringComparer.OrdinalIgnoreCase);
        return Path.ChangeExtension(input, null) + ".redacted" + (kept ? extension : ".mp4");
    }

    private static T Parse<T>(Func<string, T> parse, string name)
    {
        try
        {
            return parse(name);
        }
        catch (ArgumentException refused)
        {
            throw new FileRedactionException($"{name}: {refused.Message.Split(" (Parameter", 2)[0]}", refused);
        }
    }

    private static bool IsAddress(string name) => name.Contains("://", StringComparison.Ordinal);

    private static ImageFormat? FormatOf(string name) => IsAddress(name) ? null : Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".JPG" or ".JPEG" => ImageFormat.Jpeg,
        ".PNG" => ImageFormat.Png,
        ".WEBP" => ImageFormat.WebP,
        _ => null,
    };
}
