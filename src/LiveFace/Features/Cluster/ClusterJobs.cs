using System.Text.Json;
using LiveFace.Access;
using LiveFace.Cluster;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Ownership;
using LiveFace.Features.Jobs;
using LiveFace.Http;
using LiveFace.Telemetry;

namespace LiveFace.Features.Cluster;

/// <summary>The jobs of all nodes: each node is asked with what the caller may do, and lists what that sees of its own.</summary>
internal sealed class ClusterJobs(
    JobViews views, OwnerTable table, IRoomOwners owners, NodeCaller caller, NodeListening nodes, IHttpContextAccessor request, FaultSink faults) : IJobReach
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<JobList> AllAsync(Grant grant, CancellationToken cancel)
    {
        var here = views.Of(grant).Select(job => new SeenJob(job.Id, job.Created, job));
        if (request.HttpContext?.GetNodeCall() is not null)
            return new JobList([.. here], []);
        var others = (await table.NodesAsync(cancel)).FindAll(node => node.Node != owners.Node);
        var told = await Task.WhenAll(others.Select(node => AskAsync(node, grant, cancel)));
        return new JobList(
            [.. here.Concat(told.SelectMany(jobs => jobs ?? [])).OrderBy(job => job.Created).ThenBy(job => job.Id, StringComparer.Ordinal)],
            [.. others.Where((_, number) => told[number] is null).Select(node => node.Node)]);
    }

    public IDisposable WatchElsewhere(Action<string, ToldJob?> changed)
    {
        var watching = new Watching(changed);
        _ = faults.WatchAsync("jobs of other nodes", nodes.RunAsync("/node/jobs/changes", watching.Hear, watching.Stop.Token), () => { });
        return watching;
    }

    /// <summary>Null where it does not answer.</summary>
    private async Task<IReadOnlyList<SeenJob>?> AskAsync(NodeStanding node, Grant grant, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await caller.CallAsync(node.Address, HttpMethod.Get, JobForward.Path, default, asked =>
            {
                asked.Headers.Host = "localhost";
                asked.Headers.TryAddWithoutValidation(VouchedGrant.Header, VouchedGrant.Write(grant));
            }, limit.Token);
            answer.EnsureSuccessStatusCode();
            var jobs = await JsonSerializer.DeserializeAsync<JsonElement[]>(await answer.Content.ReadAsStreamAsync(limit.Token), ApiJson.Options, limit.Token) ?? [];
            return [.. jobs.Select(job => new SeenJob(job.GetProperty("id").GetString()!, job.GetProperty("created").GetDateTimeOffset(), job))];
        }
        catch (Exception error) when (error is ClusterException or HttpRequestException or IOException or JsonException or KeyNotFoundException
            || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>What each node has told, so that what it has no more when it is heard again is told as gone.</summary>
    private sealed class Watching(Action<string, ToldJob?> changed) : IDisposable
    {
        private readonly Dictionary<string, (HashSet<string> Before, HashSet<string> Now)> _known = new(StringComparer.Ordinal);
        private readonly Lock _lock = new();

        public CancellationTokenSource Stop { get; } = new();

        public void Hear(string node, FeedLine line)
        {
            lock (_lock)
                Take(node, line);
        }

        public void Dispose() => Stop.Cancel();

        private void Take(string node, FeedLine line)
        {
            if (!_known.TryGetValue(node, out var jobs))
                _known[node] = jobs = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            if (line.Job is { } job)
            {
                jobs.Now.Add(job.Id);
                changed(job.Id, job);
            }
            else if (line.JobGone is { } gone)
            {
                jobs.Now.Remove(gone);
                changed(gone, null);
            }
            else if (line.Jobs == JobsMark.Begin)
            {
                jobs.Before.UnionWith(jobs.Now);
                jobs.Now.Clear();
            }
            else if (line.Jobs == JobsMark.Whole)
            {
                foreach (var id in jobs.Before.Except(jobs.Now, StringComparer.Ordinal))
                    changed(id, null);
                jobs.Before.Clear();
            }
        }
    }
}
