using System.Collections.Concurrent;
using System.Text.Json;
using LiveFace.Features.Jobs;
using LiveFace.Features.Jobs.State;
using LiveFace.Http;

namespace LiveFace.Features.Cluster;

/// <summary>What a node tells other nodes of its jobs: all, then those that changed, at most twice a second each.</summary>
internal static class JobFeed
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    public static async Task TellAsync(HttpContext context, JobBoard board, JobViews views)
    {
        var changed = new ConcurrentDictionary<string, byte>(StringComparer.Ordinal);
        using var watching = board.Watch(id => changed[id] = 0);
        await FeedEndpoints.WriteAsync(context,
        [
            new FeedLine { Jobs = JobsMark.Begin }, .. board.All.Select(job => new FeedLine { Job = Told(job, views) }), new FeedLine { Jobs = JobsMark.Whole },
        ]);
        var quiet = 0;
        while (true)
        {
            await Task.Delay(Between, context.RequestAborted);
            var lines = new List<FeedLine>();
            foreach (var id in changed.Keys)
                if (changed.TryRemove(id, out _))
                    lines.Add(board.Find(id) is { } job ? new FeedLine { Job = Told(job, views) } : new FeedLine { JobGone = id });

            // An empty line now and then shows that the node lives.
            quiet = lines.Count > 0 ? 0 : quiet + 1;
            if (lines.Count > 0 || quiet % 2 == 1)
                await FeedEndpoints.WriteAsync(context, lines.Count > 0 ? lines : [new FeedLine()]);
        }
    }

    private static ToldJob Told(JobRecord job, JobViews views) =>
        new(job.Id, job.Owner, job.Credential, JsonSerializer.SerializeToElement(views.View(job), ApiJson.Options));
}

/// <summary>Where all jobs of a node begin, and that they have been told.</summary>
internal enum JobsMark
{
    Begin,
    Whole,
}
