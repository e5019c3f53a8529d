using System.Collections.Concurrent;
using LiveFace.Features.Jobs.State;
using LiveFace.Http;
using LiveFace.Telemetry;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>
/// Uploads that lie in a bucket. The server's own copy goes as soon as the bucket has it; it is brought back when somebody reviews, and goes
/// again some time after nobody has asked. Where files are shared by a folder, or not at all, they stay where they are.
/// </summary>
internal sealed class JobSources(JobBoard board, JobFiles files, FaultSink faults, TimeProvider time, SharedFiles? shared = null)
{
    private const int RetryAfterSeconds = 5;

    /// <summary>A reviewer looks at one picture for a while.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromMinutes(10);

    /// <summary>Pages and proxies give up on an answer after half a minute or a whole one.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _coming = new(StringComparer.Ordinal);

    /// <summary>Puts a job's upload into the bucket, unless it is there, and deletes it here.</summary>
    public async Task SendAsync(JobRecord job, CancellationToken cancel)
    {
        var folder = files.Of(job.Id);
        if (shared is not { AreElsewhere: true } || job.SourceAway || !File.Exists(folder.Source))
            return;
        await shared.OfferAsync(folder, job.Id, Path.GetFileName(folder.Source), cancel);
        if (board.Change(job.Id, now => now with { SourceAway = true }) is not null)
            File.Delete(folder.Source);
    }

    /// <summary>Brings a job's upload back for who reviews it. It goes on coming when who asked has gone.</summary>
    /// <exception cref="ProblemException">It takes long, or the bucket cannot be reached.</exception>
    public async Task BringAsync(string job, CancellationToken cancel)
    {
        if (shared is not { AreElsewhere: true } || board.Find(job) is not { SourceAway: true })
            return;
        _asked[job] = time.GetUtcNow();
        var folder = files.Of(job);
        if (File.Exists(folder.Source))
            return;
        try
        {
            await _coming.GetOrAdd(job, _ => ComeAsync(job, folder)).WaitAsync(LongestWait, cancel);
        }
        catch (Exception error) when (error is TimeoutException or IOException || shared.IsFault(error))
        {
            throw new ProblemException(Problem.TooBusy, "The film is being brought from the bucket; try again in a moment.") { RetryAfterSeconds = RetryAfterSeconds };
        }
    }

    /// <summary>Deletes here what lies in the bucket and nobody has asked for lately.</summary>
    public void Sweep()
    {
        if (shared is not { AreElsewhere: true })
            return;
        foreach (var job in board.All.Where(job => job.SourceAway).ToList())
        {
            if (_asked.TryGetValue(job.Id, out var asked) && time.GetUtcNow() - asked < Linger)
                continue;
            _asked.TryRemove(job.Id, out _);
            faults.Guard("uploads here", () => File.Delete(files.Of(job.Id).Source));
        }

        foreach (var gone in _asked.Keys.Where(id => board.Find(id) is null).ToList())
            _asked.TryRemove(gone, out _);
    }

    private async Task ComeAsync(string job, JobFolder folder)
    {
        try
        {
            var name = Path.GetFileName(folder.Source);
            await shared!.BringAsync([new TaskInput(SharedFiles.KeyOf(job, name), name)], folder.Path, CancellationToken.None);
        }
        finally
        {
            _coming.TryRemove(job, out _);
        }
    }
}
