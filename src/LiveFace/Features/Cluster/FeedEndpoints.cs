using System.Collections.Concurrent;
using System.Text.Json;
using LiveFace.Cluster;
using LiveFace.Http;
using LiveFace.Rooms;

namespace LiveFace.Features.Cluster;

/// <summary>What a node tells other nodes, a line of JSON each: of one of its rooms, and the states of all.</summary>
internal static class FeedEndpoints
{
    private const double DetectionsPerSecond = 20;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenStates = TimeSpan.FromMilliseconds(100);

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        var nodes = routes.ForNodes("/node");
        nodes.MapGet("/rooms/{room}/events", FollowAsync);
        nodes.MapGet("/states", (IRoomDirectory rooms) => Results.Json(rooms.All.Select(room => room.State), ApiJson.Options));
        nodes.MapGet("/states/changes", ChangesAsync);
    }

    private static async Task FollowAsync(HttpContext context, string room, IRoomDirectory rooms, IRoomOwners owners)
    {
        if (context.Request.Headers.ContainsKey(OwnerForward.ClaimHeader))
            await owners.ClaimAsync(room, context.RequestAborted);
        if (!owners.Owns(room))
        {
            context.Response.StatusCode = OwnerForward.NotHere;
            return;
        }

        var followed = rooms.GetOrAdd(room);
        var feed = new RoomFeed(DetectionsPerSecond);
        using var seat = followed.Observe(feed);
        feed.PolicyChanged(followed.Policy);
        feed.StateChanged(followed.State);
        var told = TimeSpan.Zero;
        while (true)
        {
            // A room that ended because its node lost it has not ended: its next owner has it.
            var owned = owners.Owns(room);
            var lines = feed.Take().ToList();
            if (feed.HasEnded || !owned)
            {
                if (feed.HasEnded && owned)
                    await WriteAsync(context, [.. lines, new FeedLine { Ended = true }]);
                return;
            }

            var now = TimeSpan.FromMilliseconds(Environment.TickCount64);
            if (now - told >= Beat)
            {
                told = now;
                lines.Add(new FeedLine { Statistics = followed.ReadStatistics() });
            }

            await WriteAsync(context, lines);
            await feed.WaitAsync(Beat, context.RequestAborted);
        }
    }

    private static async Task ChangesAsync(HttpContext context, IRoomDirectory rooms)
    {
        var changed = new ConcurrentDictionary<string, RoomState>(StringComparer.Ordinal);
        using var watching = rooms.Watch(state => changed[state.Room] = state);
        var quiet = 0;
        while (true)
        {
            var lines = new List<FeedLine>();
            foreach (var room in changed.Keys)
                if (changed.TryRemove(room, out var state))
                    lines.Add(new FeedLine { State = state });

            // An empty line now and then shows that the node lives.
            quiet = lines.Count > 0 ? 0 : quiet + 1;
            if (lines.Count > 0 || quiet % 10 == 1)
                await WriteAsync(context, lines.Count > 0 ? lines : [new FeedLine()]);
            await Task.Delay(BetweenStates, context.RequestAborted);
        }
    }

    private static async Task WriteAsync(HttpContext context, IReadOnlyCollection<FeedLine> lines)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = "application/x-ndjson";
        foreach (var line in lines)
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, line, ApiJson.Options, context.RequestAborted);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
