using LiveFace.Cli.Films;
using LiveFace.Films;

namespace LiveFace.Cli.Watermarks;

/// <summary>One file and what it becomes.</summary>
internal sealed record MarkedFile(string Input, string Output)
{
    public bool IsPicture => FileInputs.IsPicture(Input);
}

/// <summary>The files that a command line means, each with the name of what it becomes. All names are looked at before the first is worked on.</summary>
internal static class MarkedFiles
{
    /// <param name="inputs">Files, folders and patterns.</param>
    /// <param name="output">A file for one input, a folder for several; null: beside each input.</param>
    /// <param name="suffix">What the name of a result ends in, before the extension; in folders such files are left out.</param>
    /// <param name="force">Whether files that exist are replaced.</param>
    /// <exception cref="FileRedactionException">One does not fit; the message says what would.</exception>
    public static MarkedFile[] All(string[] inputs, string? output, string suffix, bool force)
    {
        string[] files = [.. FileInputs.Expand(inputs, filmsOnly: false)
            .Where(file => inputs.Contains(file, StringComparer.Ordinal) || !Path.GetFileNameWithoutExtension(file).EndsWith(suffix, StringComparison.Ordinal))];
        if (files.Length == 0)
            throw new FileRedactionException($"All that is there ends in {suffix}: it was made here before.");
        var folder = output is not null && (files.Length > 1 || Directory.Exists(output) || output.EndsWith(Path.DirectorySeparatorChar)) ? output : null;
        if (folder is not null && File.Exists(folder))
            throw new FileRedactionException($"{folder} is a file; name a folder for several inputs.");
        MarkedFile[] jobs = [.. files.Select(file => new MarkedFile(file, OutputOf(file)))];
        if (jobs.GroupBy(job => Path.GetFullPath(job.Output), StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new FileRedactionException($"{string.Join(" and ", twice.Select(job => job.Input).Take(2))} would both become {twice.Key}.");
        foreach (var job in jobs)
            Check(job, force);
        if (folder is not null)
            Directory.CreateDirectory(folder);
        return jobs;

        string OutputOf(string file) => folder is not null ? Path.Combine(folder, Path.GetFileName(file))
            : output ?? Path.ChangeExtension(file, null) + suffix + Path.GetExtension(file);
    }

    private static void Check(MarkedFile job, bool force)
    {
        if (job.Input.Contains("://", StringComparison.Ordinal))
            throw new FileRedactionException($"{job.Input} is an address; name a file.");
        if (Path.GetFullPath(job.Output) == Path.GetFullPath(job.Input))
            throw new FileRedactionException($"{job.Input} would be written over itself; name another with --output.");
        if (File.Exists(job.Output) && !force)
            throw new FileRedactionException($"{job.Output} exists; name another with --output, or replace it with --force.");
        if (job.IsPicture != FileInputs.IsPicture(job.Output))
            throw new FileRedactionException($"{job.Output}: a picture's name ends in .jpg, .png or .webp.");
    }
}
