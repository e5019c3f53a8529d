using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LiveFace.Access;
using LiveFace.Features.Jobs.State;

namespace LiveFace.Features.Jobs;

/// <summary>
/// A job as server-sent events: as it is, and again when it has changed, at most twice a second, so that a reader who is slow
/// misses what was in between and never the newest.
/// </summary>
internal static class JobEvents
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public static IResult Get(
        string id, HttpContext context, JobViews views, JobBoard board, Quotas quotas, OpenGrants open, IHostApplicationLifetime life, TimeProvider time)
    {
        var grant = context.RequireGrant();
        views.Require(grant, id);
        // With the request, however it ends: the events may never be begun.
        context.Response.RegisterForDispose(quotas.TakeEventsOf(id));
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.ServerSentEvents(ReadAsync(id, grant, views, board, open, life, time, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<Job?>> ReadAsync(
        string id, Grant grant, JobViews views, JobBoard board, OpenGrants open, IHostApplicationLifetime life, TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.ApplicationStopping);
        using var tracked = open.Track(grant, _ => over.Cancel());
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
        using var watching = board.Watch(changed =>
        {
            if (changed == id)
                changes.Writer.TryWrite(true);
        });
        while (board.Find(id) is { } job)
        {
            yield return new SseItem<Job?>(views.View(job), "job");
            if (job.State is JobState.Done or JobState.Failed || !await NextAsync(changes.Reader, time, over.Token))
                break;
        }

        if (!over.IsCancellationRequested)
            yield return new SseItem<Job?>(null, "gone");
    }

    private static async Task<bool> NextAsync(ChannelReader<bool> changes, TimeProvider time, CancellationToken over)
    {
        try
        {
            await Task.Delay(Interval, time, over);
            await changes.ReadAsync(over);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
