using LiveFace.Access;
using LiveFace.Features.People.State;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Rooms;

/// <summary>Rooms and their policies over plain HTTP.</summary>
internal static class RoomEndpoints
{
    public static void MapRooms(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rooms", List).Needs(Roles.View);
        routes.MapGet("/api/rooms/{room}", (string room, IRoomDirectory rooms) => StateOf(rooms, room)).Needs(Roles.View).AtOwner();
        routes.MapDelete("/api/rooms/{room}", End).Produces(StatusCodes.Status204NoContent).Needs(Roles.Control).AtOwner();
        routes.MapGet("/api/rooms/{room}/policy", GetPolicy).Produces<RedactionPolicy>().Needs(Roles.View).AtOwner();
        routes.MapPut("/api/rooms/{room}/policy", PutPolicy).Takes<RedactionPolicy>().Produces<RedactionPolicy>().Needs(Roles.Control)
            .AtOwner(makes: true);
    }

    /// <summary>Also for a room that is not there: it is empty, and has the policy that it would begin with.</summary>
    public static RoomState StateOf(IRoomDirectory rooms, string room) =>
        rooms.Find(room)?.State
        ?? new RoomState(room, null, 0, 0, RoomCover.NoPicture, rooms.PolicyOf(room).Version);

    /// <summary>Reads, checks and puts in force; the way of HTTP and hub alike.</summary>
    public static RedactionPolicy SetPolicy(IRoom room, PeopleDoor people, Grant grant, ReadOnlySpan<byte> json, long? expectedVersion, bool moderates)
    {
        if (!PolicyJson.TryRead(json, out var policy, out var problems))
            throw RoomProblems.Of(problems);
        people.Check(room.Name, grant, policy, room.Policy);
        if (!room.TrySetPolicy(policy, expectedVersion, out var current, moderates))
            throw new ProblemException(Problem.VersionMismatch, $"Version {current.Version} stands now.")
            {
                CurrentVersion = current.Version,
            };
        return current;
    }

    private static async Task<IEnumerable<RoomState>> List(HttpContext context, IRoomReach rooms, string? prefix)
    {
        var grant = context.RequireGrant();
        return (await rooms.StatesAsync(context.RequestAborted))
            .Where(state => grant.May(Roles.View, state.Room) && state.Room.StartsWith(prefix ?? "", StringComparison.Ordinal))
            .OrderBy(s => s.Room, StringComparer.Ordinal);
    }

    private static IResult End(string room, IRoomDirectory rooms)
    {
        if (rooms.Find(room) is not { } found)
            return Problem.RoomNotFound.Answer($"Nobody is in '{room}'.");
        found.End();
        return Results.NoContent();
    }

    private static IResult GetPolicy(HttpContext context, string room, IRoomDirectory rooms) =>
        Answer(context, rooms.PolicyOf(room));

    private static async Task<IResult> PutPolicy(HttpContext context, string room, RoomDoor door, PeopleDoor people)
    {
        var grant = context.RequireGrant();
        var json = await context.Request.ReadBytesAsync("application/json");
        var expected = ExpectedVersion(context.Request.Headers.IfMatch.ToString());
        return Answer(context, SetPolicy(door.ToSetPolicy(room, grant, out var moderates), people, grant, json, expected, moderates));
    }

    private static long? ExpectedVersion(string ifMatch) => ifMatch switch
    {
        "" or "*" => null,
        ['"', .. var version, '"'] when long.TryParse(version, out var number) => number,
        _ => throw new ProblemException(Problem.RequestInvalid, "If-Match must be a policy's ETag, such as \"7\"."),
    };

    private static IResult Answer(HttpContext context, RedactionPolicy policy)
    {
        context.Response.Headers.ETag = $"\"{policy.Version}\"";
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Json(policy, ApiJson.Options);
    }
}
