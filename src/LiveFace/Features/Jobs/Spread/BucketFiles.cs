using LiveFace.Features.Jobs.State;
using LiveFace.Storage.Objects;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>
/// Files in a bucket; each machine has the ones that it works with in a folder of its own. A worker's folder is held open by its process, and what
/// a process that was killed left is deleted by the next that starts there. A film is brought once, and each piece of work on it has a link to it.
/// </summary>
internal sealed class BucketFiles : SharedFiles, IDisposable
{
    private const string Prefix = "work-", Source = "source", KeptFolder = "films";

    private readonly ObjectBucket _bucket;
    private readonly string _scratch;
    private readonly FileStream _held;

    public BucketFiles(ObjectBucket bucket, JobFiles files, int diskPercent, TimeProvider time)
    {
        _bucket = bucket;
        JobFiles.MakePrivate(files.Folder);
        foreach (var left in Directory.EnumerateDirectories(files.Folder, Prefix + "*").ToList())
            if (TryHold(left) is { } dead)
                using (dead)
                    DeleteFolder(left);
        _scratch = Path.Combine(files.Folder, Prefix + Guid.NewGuid().ToString("N"));
        JobFiles.MakePrivate(_scratch);
        _held = TryHold(_scratch) ?? throw new IOException($"{_scratch} cannot be used.");
        var disk = new DriveInfo(_scratch);
        Kept = new KeptSources(bucket, Path.Combine(_scratch, KeptFolder), disk.TotalSize / 100 * diskPercent, time);
    }

    /// <summary>Films that pieces of work share.</summary>
    public KeptSources Kept { get; }

    public override bool AreElsewhere => true;

    public override bool IsFault(Exception error) => ObjectBucket.IsFault(error) && !ObjectBucket.IsMissing(error);

    public override string MakeFolder(string job, long fence)
    {
        var folder = Path.Combine(_scratch, job, FolderOf(fence));
        JobFiles.MakePrivate(Path.Combine(_scratch, job));
        JobFiles.MakePrivate(folder);
        return folder;
    }

    public override async Task BringAsync(IEnumerable<TaskInput> inputs, string folder, CancellationToken cancel)
    {
        foreach (var (key, name) in inputs)
        {
            try
            {
                await _bucket.GetAsync(key, Path.Combine(folder, name), cancel);
            }
            catch (Exception error) when (ObjectBucket.IsMissing(error))
            {
                throw new FileNotFoundException("A file of the job is gone.", key, error);
            }
        }
    }

    public override async Task<IDisposable?> LendAsync(string job, IReadOnlyList<TaskInput> inputs, string folder, CancellationToken cancel)
    {
        await BringAsync(inputs.Where(input => input.Name != Source), folder, cancel);
        return inputs.FirstOrDefault(input => input.Name == Source) is { } film ? await LinkAsync(job, film, folder, cancel) : null;
    }

    private async Task<KeptSource?> LinkAsync(string job, TaskInput film, string folder, CancellationToken cancel)
    {
        KeptSource? kept = null;
        try
        {
            kept = await Kept.LendAsync(job, film.Key, cancel);
            if (kept is not null)
                File.CreateSymbolicLink(Path.Combine(folder, film.Name), kept.Path);
            else
                await BringAsync([film], folder, cancel);
            return kept;
        }
        catch (Exception error)
        {
            kept?.Dispose();
            if (ObjectBucket.IsMissing(error))
                throw new FileNotFoundException("The film of the job is gone.", film.Key, error);
            throw;
        }
    }

    public override async Task PublishAsync(string job, long fence, string folder, IReadOnlyList<string> names, CancellationToken cancel)
    {
        foreach (var name in names)
            await _bucket.PutAsync(KeyOf(job, fence, name), Path.Combine(folder, name), cancel);
    }

    public override Task OfferAsync(JobFolder job, string id, string name, CancellationToken cancel) => _bucket.PutAsync(KeyOf(id, name), job.In(name), cancel);

    public override async Task AdoptAsync(JobFolder job, string id, long fence, IReadOnlyList<string> names, CancellationToken cancel)
    {
        foreach (var name in names)
            await _bucket.GetAsync(KeyOf(id, fence, name), job.In(name), cancel);
    }

    public override Task CleanAsync(JobFolder job, string id, bool isGone, CancellationToken cancel) =>
        _bucket.DeleteAllAsync(isGone ? $"{id}/" : $"{id}/f", cancel);

    public override async Task SweepAsync(Func<string, bool> isKnown, CancellationToken cancel)
    {
        foreach (var folder in await _bucket.FoldersAsync(cancel))
            if (JobId.IsValid(folder) && !isKnown(folder))
                await _bucket.DeleteAllAsync($"{folder}/", cancel);
    }

    public void Dispose()
    {
        _held.Dispose();
        DeleteFolder(_scratch);
        _bucket.Dispose();
    }

    private static FileStream? TryHold(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
