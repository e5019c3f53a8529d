using LiveFace.Storage.Encryption;
using LiveFace.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.State;

/// <summary>Films that are worked on as jobs; section <c>Films</c>.</summary>
internal sealed class FilmsOptions
{
    public const string Section = "Films";

    /// <summary>Where jobs have their files; null: a folder beside the database.</summary>
    public string? Folder { get; set; }

    /// <summary>Hours from when a job was last done with to when it and its files are deleted.</summary>
    public int KeepHours { get; set; } = 24;

    /// <summary>Encrypts the files of jobs: 32 bytes as base64, or a file that holds them; null: the key of all files, if there is one.</summary>
    public string? EncryptionKey { get; set; }

    /// <summary>With a key, films are read and written in memory: what a job may take of it.</summary>
    public int MemoryMegabytes { get; set; } = 2048;

    public int MaximumMegabytes { get; set; } = 4096;

    /// <summary>All jobs' uploads and results together.</summary>
    public int TotalMegabytes { get; set; } = 40_960;

    /// <summary>Jobs that are worked on at a time; none where others work.</summary>
    public int Workers { get; set; } = 1;

    /// <summary>A film is looked at in pieces of so many seconds; whoever kills the worker loses one.</summary>
    public int SegmentSeconds { get; set; } = 20;

    /// <summary>
    /// A PostgreSQL in which jobs lie so that workers on other machines share them, as a connection string; null: the server's own database.
    /// </summary>
    public string? Database { get; set; }

    /// <summary>How long a worker of a shared database is not heard of before another does its work.</summary>
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>Workers that may die over a job without getting on.</summary>
    public int Attempts { get; set; } = 3;

    /// <summary>Addresses under which films lie that the server may fetch; none: it fetches none.</summary>
    public IList<string> FetchFrom { get; } = [];

    /// <summary>Of the disk of its folder, what a worker may take for films that it has brought from a bucket; 0 brings a film anew for each piece of work.</summary>
    public int SourceDiskPercent { get; set; } = 40;

    public long MemoryBytes => (long)MemoryMegabytes << 20;

    public long MaximumBytes => (long)MaximumMegabytes << 20;

    public long TotalBytes => (long)TotalMegabytes << 20;
}

internal sealed class FilmsOptionsValidator : IValidateOptions<FilmsOptions>
{
    public ValidateOptionsResult Validate(string? name, FilmsOptions options)
    {
        var errors = new List<string>();
        if (options.Folder is { } folder && string.IsNullOrWhiteSpace(folder))
            errors.Add("Films:Folder: must name a folder, or be left out.");
        // The setting is a secret, and is not said again.
        if (options.EncryptionKey is { } key && FileKey.TryRead(key) is null)
            errors.Add($"Films:EncryptionKey: {FileKey.Accepted}.");
        if (options.Database is { } database && PostgresDatabase.Problem(database) is { } problem)
            errors.Add($"Films:Database: {problem}.");
        errors.AddRange(options.FetchFrom.Select((allowed, index) => (Problem: FetchAddress.ProblemOf(allowed), index))
            .Where(one => one.Problem is not null).Select(one => $"Films:FetchFrom:{one.index}: {one.Problem}."));
        Range("LeaseSeconds", options.LeaseSeconds, 2, 3600);
        Range("MemoryMegabytes", options.MemoryMegabytes, 1, 1 << 20);
        Range("SourceDiskPercent", options.SourceDiskPercent, 0, 90);
        Range("KeepHours", options.KeepHours, 1, 8760);
        Range("MaximumMegabytes", options.MaximumMegabytes, 1, 1 << 20);
        Range("TotalMegabytes", options.TotalMegabytes, 1, 1 << 24);
        Range("Workers", options.Workers, 0, 64);
        Range("SegmentSeconds", options.SegmentSeconds, 1, 3600);
        Range("Attempts", options.Attempts, 1, 100);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Range(string setting, int value, int least, int most)
        {
            if (value < least || value > most)
                errors.Add($"Films:{setting}: must be {least} to {most}, was {value}.");
        }
    }
}
