using LiveFace.Features.Jobs.State;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>
/// The files of jobs as several machines share them. A worker has a folder of its own for each piece that it claims, by the fence of its
/// claim, and what it leaves there counts only once the table says that the piece is done: whoever has lost a piece changes
/// nothing that another sees.
/// </summary>
internal abstract class SharedFiles
{
    public static string KeyOf(string job, string name) => $"{job}/{name}";

    public static string KeyOf(string job, long fence, string name) => $"{job}/{FolderOf(fence)}/{name}";

    /// <summary>Whether what is shared lies elsewhere than in the server's folder, so that the server need not keep it.</summary>
    public abstract bool AreElsewhere { get; }

    /// <summary>Whether an error of what is shared may be gone when it is tried again.</summary>
    public abstract bool IsFault(Exception error);

    /// <summary>An empty folder for a piece of work.</summary>
    public abstract string MakeFolder(string job, long fence);

    /// <summary>Brings files into a worker's folder.</summary>
    /// <exception cref="FileNotFoundException">One is not there: its job is gone.</exception>
    public abstract Task BringAsync(IEnumerable<TaskInput> inputs, string folder, CancellationToken cancel);

    /// <summary>Brings all that a piece of work needs into its folder; what comes back is disposed of when the work is over.</summary>
    /// <exception cref="FileNotFoundException">A file is not there: its job is gone.</exception>
    public virtual async Task<IDisposable?> LendAsync(string job, IReadOnlyList<TaskInput> inputs, string folder, CancellationToken cancel)
    {
        await BringAsync(inputs, folder, cancel);
        return null;
    }

    /// <summary>Makes what a worker left known to the others.</summary>
    public abstract Task PublishAsync(string job, long fence, string folder, IReadOnlyList<string> names, CancellationToken cancel);

    /// <summary>Puts a file of the server's where workers find it.</summary>
    public abstract Task OfferAsync(JobFolder job, string id, string name, CancellationToken cancel);

    /// <summary>Brings what a worker made to the server's files of the job. What is there already stays.</summary>
    public abstract Task AdoptAsync(JobFolder job, string id, long fence, IReadOnlyList<string> names, CancellationToken cancel);

    /// <summary>Deletes what workers left of a job, and all of it where it is gone.</summary>
    public abstract Task CleanAsync(JobFolder job, string id, bool isGone, CancellationToken cancel);

    /// <summary>Deletes what belongs to none of these jobs.</summary>
    public abstract Task SweepAsync(Func<string, bool> isKnown, CancellationToken cancel);

    protected static string FolderOf(long fence) => $"f{fence}";

    protected static void DeleteFolder(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A worker that does not know yet that it has lost it writes there; the next look deletes it.
        }
    }
}
