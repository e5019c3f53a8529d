using LiveFace.Features.Jobs.State;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>Files in a folder that all machines reach by the same setting, such as one that is mounted. A worker's files are links to them.</summary>
internal sealed class FolderFiles(JobFiles files) : SharedFiles
{
    public override bool AreElsewhere => false;

    public override bool IsFault(Exception error) => false;

    public override string MakeFolder(string job, long fence)
    {
        var folder = Path.Combine(files.Folder, job, FolderOf(fence));
        JobFiles.MakePrivate(folder);
        return folder;
    }

    public override Task BringAsync(IEnumerable<TaskInput> inputs, string folder, CancellationToken cancel)
    {
        foreach (var (key, name) in inputs)
        {
            var (from, to) = (Path.Combine(files.Folder, key), Path.Combine(folder, name));
            if (!File.Exists(from))
                throw new FileNotFoundException("A file of the job is gone.", from);
            // Whoever writes makes a new file and gives it the name, so the one that is linked never changes.
            File.CreateSymbolicLink(to, from);
        }

        return Task.CompletedTask;
    }

    public override Task PublishAsync(string job, long fence, string folder, IReadOnlyList<string> names, CancellationToken cancel) => Task.CompletedTask;

    public override Task OfferAsync(JobFolder job, string id, string name, CancellationToken cancel) => Task.CompletedTask;

    public override Task AdoptAsync(JobFolder job, string id, long fence, IReadOnlyList<string> names, CancellationToken cancel)
    {
        foreach (var name in names)
            if (File.Exists(Path.Combine(job.Path, FolderOf(fence), name)))
                File.Move(Path.Combine(job.Path, FolderOf(fence), name), job.In(name), overwrite: true);
        return Task.CompletedTask;
    }

    public override Task CleanAsync(JobFolder job, string id, bool isGone, CancellationToken cancel)
    {
        if (Directory.Exists(job.Path))
            foreach (var folder in Directory.EnumerateDirectories(job.Path, "f*").ToList())
                DeleteFolder(folder);
        if (isGone)
            DeleteFolder(job.Path);
        return Task.CompletedTask;
    }

    public override Task SweepAsync(Func<string, bool> isKnown, CancellationToken cancel)
    {
        foreach (var folder in Directory.EnumerateDirectories(files.Folder).ToList())
            if (JobId.IsValid(Path.GetFileName(folder)) && !isKnown(Path.GetFileName(folder)))
                DeleteFolder(folder);
        return Task.CompletedTask;
    }
}
