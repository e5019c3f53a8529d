using System.Globalization;
using LiveFace.Films.Review;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.State;

/// <summary>
/// The files of jobs: a folder for each, which its owner alone may enter, and nothing of a job anywhere else. Whatever has no
/// job any more is deleted at the start.
/// </summary>
internal sealed class JobFiles(IOptions<FilmsOptions> options, Database database)
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where it is.</summary>
    public string Folder { get; } = Path.GetFullPath(options.Value.Folder ?? Path.Combine(database.Folder, "films"));

    /// <summary>Makes the folder, and deletes what belongs to none of these jobs.</summary>
    /// <exception cref="OptionsValidationException">It cannot be used.</exception>
    public void Open(IEnumerable<string> jobs)
    {
        try
        {
            MakeFolder(Folder);
            var known = jobs.ToHashSet(StringComparer.Ordinal);
            foreach (var folder in Directory.EnumerateDirectories(Folder))
                if (JobId.IsValid(Path.GetFileName(folder)) && !known.Contains(Path.GetFileName(folder)))
                    Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(nameof(FilmsOptions), typeof(FilmsOptions),
                [$"Films:Folder: '{Folder}' cannot be used ({error.Message}). Name a folder that this user may write to."]);
        }
    }

    public JobFolder Of(string job) => new(Path.Combine(Folder, job));

    /// <summary>Makes a job's folder.</summary>
    public JobFolder Make(string job)
    {
        var folder = Of(job);
        MakeFolder(folder.Path);
        return folder;
    }

    public void Delete(string job)
    {
        if (Directory.Exists(Of(job).Path))
            Directory.Delete(Of(job).Path, recursive: true);
    }

    private static void MakeFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, OwnerFolder);
    }
}

/// <summary>The files of one job by their names.</summary>
internal sealed record JobFolder(string Path)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The upload.</summary>
    public string Source => In("source");

    public string Boxes => In("film.boxes.json");

    public string Edits => EditLog.PathFor(Boxes);

    /// <summary>Held by the worker: two never work in one folder.</summary>
    public string Lock => In("lock");

    public string Segment(int index) => In(string.Create(CultureInfo.InvariantCulture, $"segment-{index:D6}.json"));

    public string Result(int generation, string extension) => In(string.Create(CultureInfo.InvariantCulture, $"result-{generation}{extension}"));

    /// <summary>What the worker that finished said: it is the last that is written, so what it names is whole.</summary>
    public string Outcome(int generation) => In(string.Create(CultureInfo.InvariantCulture, $"outcome-{generation}.json"));

    /// <summary>Deletes results before this one.</summary>
    public void DeleteOlder(int generation)
    {
        foreach (var file in Directory.EnumerateFiles(Path, "result-*").Concat(Directory.EnumerateFiles(Path, "outcome-*")))
            if (!System.IO.Path.GetFileName(file).Split('-', '.')[1].Equals(generation.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
                File.Delete(file);
    }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public long SourceBytes => new FileInfo(Source) is { Exists: true } file ? file.Length : 0;

    /// <summary>Opens the upload to go on with it.</summary>
    public FileStream OpenSource()
    {
        var settings = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = OwnerFile;
        return new FileStream(Source, settings);
    }
}
