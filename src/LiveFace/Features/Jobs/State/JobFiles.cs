using LiveFace.Films;
using LiveFace.Storage;
using LiveFace.Storage.Encryption;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.State;

/// <summary>
/// The files of jobs: a folder for each, which its owner alone may enter, and nothing of a job anywhere else. Whatever has no
/// job any more is deleted at the start. With a key all of them are encrypted, those that came before it from the next start on.
/// </summary>
internal sealed class JobFiles(IOptions<FilmsOptions> options, IOptions<StorageOptions> storage)
{
    private const string Part = ".part";

    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileKey? _key = (options.Value.EncryptionKey ?? storage.Value.EncryptionKey) is { } key ? FileKey.TryRead(key) : null;

    /// <summary>Where it is.</summary>
    public string Folder { get; } = Path.GetFullPath(options.Value.Folder ?? Path.Combine(storage.Value.Folder, "films"));

    /// <summary>Makes the folder, and deletes what belongs to none of these jobs.</summary>
    /// <exception cref="OptionsValidationException">It cannot be used.</exception>
    public void Open(IEnumerable<string> jobs)
    {
        try
        {
            MakePrivate(Folder);
            var known = jobs.ToHashSet(StringComparer.Ordinal);
            foreach (var folder in Directory.EnumerateDirectories(Folder).Where(folder => JobId.IsValid(Path.GetFileName(folder))).ToList())
                if (known.Contains(Path.GetFileName(folder)))
                    Enclose(Of(Path.GetFileName(folder)));
                else
                    Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(nameof(FilmsOptions), typeof(FilmsOptions),
                [$"Films:Folder: '{Folder}' cannot be used ({error.Message}). Name a folder that this user may write to."]);
        }
    }

    /// <summary>The largest upload, where films are worked on in memory, in which there has to be room for a piece as well; null where the disk is the limit.</summary>
    public long? LargestInMemory => _key is null ? null : options.Value.MemoryBytes / 8 * 7;

    public JobFolder Of(string job) => new(Path.Combine(Folder, job), _key is null ? FilmVault.Plain : new JobVault(KeyOf(job)!, options.Value.MemoryBytes));

    /// <summary>Names the key, and tells nothing of it; empty where there is none.</summary>
    public string KeyName => _key is null ? "" : Convert.ToHexStringLower(_key.Id);

    /// <summary>The key of one job's files, for its worker; null where they lie there as they are.</summary>
    public FileKey? KeyOf(string job) => _key?.For($"job {job}");

    /// <summary>Makes a job's folder.</summary>
    public JobFolder Make(string job)
    {
        var folder = Of(job);
        MakePrivate(folder.Path);
        return folder;
    }

    public void Delete(string job)
    {
        if (Directory.Exists(Of(job).Path))
            Directory.Delete(Of(job).Path, recursive: true);
    }

    /// <summary>Encrypts what a server without a key left as it is.</summary>
    private void Enclose(JobFolder job)
    {
        foreach (var file in Directory.EnumerateFiles(job.Path).Where(file => file != job.Lock).ToList())
            if (file.EndsWith(Part, StringComparison.Ordinal))
                File.Delete(file);
            else if (!JobVault.Opens(_key, file))
                throw new OptionsValidationException(nameof(FilmsOptions), typeof(FilmsOptions),
                    [$"Films:EncryptionKey: the files in '{Folder}' were encrypted with {(_key is null ? "a key" : "another key")}. Set that one, or delete them."]);
            else
                (job.Vault as JobVault)?.Enclose(file);
    }

    /// <summary>Makes a folder that its owner alone may enter.</summary>
    public static void MakePrivate(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, OwnerFolder);
    }
}
