using LiveFace.Films;

namespace LiveFace.Cli.Films;

/// <summary>The files that a command line means: those it names, those of a folder, those that a pattern fits.</summary>
internal static class FileInputs
{
    public static readonly string[] Films = [".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".ts", ".wmv", ".flv", ".3gp", ".gif", ".apng"];
    private static readonly string[] Pictures = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>Whether a name is that of a picture.</summary>
    public static bool IsPicture(string name) => Pictures.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Expands names. What was made here before is left out, and what a pattern does not fit is an error.</summary>
    /// <exception cref="FileRedactionException">Nothing is meant.</exception>
    public static string[] Expand(IReadOnlyList<string> inputs, bool filmsOnly)
    {
        var files = new List<string>();
        foreach (var input in inputs)
        {
            if (input.Contains("://", StringComparison.Ordinal) || File.Exists(input))
                files.Add(input);
            else if (Directory.Exists(input))
                files.AddRange(Listed(input, "*", filmsOnly, $"{input} holds no {(filmsOnly ? "films" : "pictures or films")}."));
            else if (Path.GetFileName(input).AsSpan().ContainsAny('*', '?'))
                files.AddRange(Listed(Path.GetDirectoryName(input) is { Length: > 0 } folder ? folder : ".", Path.GetFileName(input), filmsOnly, $"No file fits {input}."));
            else
                throw new FileRedactionException($"There is no file {input}.");
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    private static List<string> Listed(string folder, string pattern, bool filmsOnly, string none)
    {
        if (!Directory.Exists(folder))
            throw new FileRedactionException($"There is no folder {folder}.");
        var files = Directory.GetFiles(folder, pattern, new EnumerationOptions { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System })
            .Where(file => IsMeant(file, filmsOnly)).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new FileRedactionException(none);
    }

    private static bool IsMeant(string file, bool filmsOnly)
    {
        var extension = Path.GetExtension(file);
        return !Path.GetFileNameWithoutExtension(file).EndsWith(".redacted", StringComparison.Ordinal)
            && (Films.Contains(extension, StringComparer.OrdinalIgnoreCase) || (!filmsOnly && IsPicture(file)));
    }
}
