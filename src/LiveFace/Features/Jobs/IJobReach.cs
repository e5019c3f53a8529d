using System.Text.Json;
using LiveFace.Access;

namespace LiveFace.Features.Jobs;

/// <summary>The jobs of all servers that are one.</summary>
internal interface IJobReach
{
    /// <summary>All that the caller may see, those made first first.</summary>
    Task<JobList> AllAsync(Grant grant, CancellationToken cancel);

    /// <summary>Calls with each job of another server as it is and when it changes, and with null when it is gone; until it is disposed.</summary>
    IDisposable WatchElsewhere(Action<string, ToldJob?> changed);
}

/// <param name="Jobs">The jobs.</param>
/// <param name="Silent">Nodes that did not answer.</param>
internal sealed record JobList(IReadOnlyList<SeenJob> Jobs, IReadOnlyList<string> Silent);

/// <param name="View">As it is told.</param>
internal sealed record SeenJob(string Id, DateTimeOffset Created, object View);

/// <summary>A job as one node tells it another, with whose it is.</summary>
internal sealed record ToldJob(string Id, string Owner, string Credential, JsonElement View);

/// <summary>The jobs of a server that is alone.</summary>
internal sealed class JobReach(JobViews views) : IJobReach
{
    public Task<JobList> AllAsync(Grant grant, CancellationToken cancel) =>
        Task.FromResult(new JobList([.. views.Of(grant).Select(job => new SeenJob(job.Id, job.Created, job))], []));

    public IDisposable WatchElsewhere(Action<string, ToldJob?> changed) => Nobody.Instance;

    private sealed class Nobody : IDisposable
    {
        public static readonly Nobody Instance = new();

        public void Dispose()
        {
        }
    }
}
