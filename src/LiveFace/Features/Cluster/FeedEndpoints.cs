using System.Collections.Concurrent;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Cluster;
using LiveFace.Features.Rooms;
using LiveFace.Http;
using LiveFace.Rooms;

namespace LiveFace.Features.Cluster;

/// <summary>What a node tells other nodes, a line of JSON each: of one of its rooms, and the states of all.</summary>
internal static class FeedEndpoints
{
    private const double DetectionsPerSecond = 20;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private const int MostMembers = 1_000_000;
    private static readonly TimeSpan BetweenStates = TimeSpan.FromMilliseconds(100);

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        var nodes = routes.ForNodes("/node");
        var feeds = new ConcurrentDictionary<(string Node, string Room), RoomFeed>();
        nodes.MapGet("/rooms/{room}/events", (HttpContext context, string room, int? members, IRoomDirectory rooms, IRoomOwners owners) =>
            FollowAsync(context, room, Math.Clamp(members ?? 1, 0, MostMembers), rooms, owners, feeds));
        nodes.MapPost("/rooms/{room}", OpenAsync).Needs(Roles.None);
        nodes.MapPost("/rooms/{room}/members", (HttpContext context, string room, int members, IRoomDirectory rooms) =>
        {
            // Of a stream that has ended there is nothing to tell.
            if (feeds.TryGetValue((context.GetNodeCall()!.Node, room), out var feed))
                feed.Members = Math.Clamp(members, 0, MostMembers);
            rooms.Find(room)?.MembersChanged();
        });
        nodes.MapGet("/states", (IRoomDirectory rooms) => Results.Json(rooms.All.Select(room => room.State), ApiJson.Options));
        nodes.MapGet("/states/changes", ChangesAsync);
        nodes.MapGet("/jobs/changes", JobFeed.TellAsync);
    }

    /// <summary>Makes a room for somebody who joins it at another node, which has asked them what they may.</summary>
    private static async Task OpenAsync(HttpContext context, string room, RoomDoor door, IRoomOwners owners)
    {
        if (!await IsHereAsync(context, room, owners))
            return;
        door.Open(room, context.RequireGrant());
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<bool> IsHereAsync(HttpContext context, string room, IRoomOwners owners)
    {
        if (context.Request.Headers.ContainsKey(OwnerForward.ClaimHeader))
            await owners.ClaimAsync(room, context.RequestAborted);
        if (owners.Owns(room))
            return true;
        context.Response.StatusCode = OwnerForward.NotHere;
        return false;
    }

    private static async Task FollowAsync(
        HttpContext context, string room, int members, IRoomDirectory rooms, IRoomOwners owners, ConcurrentDictionary<(string Node, string Room), RoomFeed> feeds)
    {
        if (!await IsHereAsync(context, room, owners))
            return;

        var followed = rooms.GetOrAdd(room);
        var feed = new RoomFeed(DetectionsPerSecond, members);
        var key = (context.GetNodeCall()!.Node, room);
        feeds[key] = feed;
        using var seat = followed.Observe(feed);
        try
        {
            await TellAsync(context, room, followed, feed, owners);
        }
        finally
        {
            feeds.TryRemove(new(key, feed));
        }
    }

    private static async Task TellAsync(HttpContext context, string room, IRoom followed, RoomFeed feed, IRoomOwners owners)
    {
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

    internal static async Task WriteAsync(HttpContext context, IReadOnlyCollection<FeedLine> lines)
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
