using System.Security.Cryptography;
using LiveFace.Access;
using LiveFace.Features.Rooms;
using LiveFace.Http;
using LiveFace.Rooms;

namespace LiveFace.Features.Meetings;

/// <summary>
/// Meetings: rooms under one beginning, each a participant's own. An invitation lets in and no more; it becomes a place:
/// <code>
/// POST   /api/meetings/standup/participants (join)             ► a room of one's own and the token for it
/// DELETE /api/meetings/standup/participants/{room} (control)   ► out, at once
/// PUT    /api/rooms/{room}/muted (control)                     ► not heard
/// DELETE /api/meetings/standup (control)                       ► over, invitations too
/// </code>
/// Who holds control in the whole meeting moderates; a participant holds it in their own room alone.
/// </summary>
internal static class MeetingEndpoints
{
    private const string Meeting = "/api/meetings/{meeting}";
    private const int LongestName = 40;
    private const int RandomLength = 8;
    private const int LongestHours = 24;

    public static void MapMeetings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Meeting + "/participants", JoinAsync)
            .Takes<JoinRequest>().Produces<Place>(StatusCodes.Status201Created).Needs(Roles.Join);
        routes.MapGet(Meeting + "/participants", (string meeting, LinkStore links) => Results.Json(
            links.Participants(meeting).OrderBy(p => p.Created).Select(Describe), ApiJson.Options)).Produces<Participant[]>().Needs(Roles.Control);
        routes.MapDelete(Meeting + "/participants/{room}", Remove).Produces(StatusCodes.Status204NoContent).Needs(Roles.Control);
        routes.MapDelete(Meeting, Close).Produces(StatusCodes.Status204NoContent).Needs(Roles.Control);
        routes.MapPut("/api/rooms/{room}/muted", MuteAsync)
            .Takes<MuteRequest>().Produces<RoomState>().Needs(Roles.Control).AtOwner(makes: true);
    }

    /// <summary>Who is muted by others cannot undo it; whoever wants to be silent turns their own microphone off.</summary>
    private static async Task<IResult> MuteAsync(HttpContext context, string room, IRoomDirectory rooms, RoomDoor door)
    {
        if (await context.Request.ReadJsonAsync<MuteRequest>() is not { Muted: { } muted })
            throw RequestBody.Invalid("muted", "must be true or false");
        if (door.IsOwn(room, context.RequireGrant()))
            throw new ProblemException(Problem.NotAllowed, "A participant does not mute or unmute their own room; moderators do.");
        // A participant who is away is muted when they come back.
        if (rooms.Find(room) is not { } found && !door.TryOpenPlace(room, context.RequireGrant(), out found))
            return Problem.RoomNotFound.Answer($"Nobody is in '{room}'.");
        found.Muted = muted;
        return Results.Json(found.State, ApiJson.Options);
    }

    private static async Task<IResult> JoinAsync(HttpContext context, string meeting, LinkStore links, TimeProvider time)
    {
        var name = (await context.Request.ReadJsonAsync<JoinRequest>())?.Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName)
            throw RequestBody.Invalid("name", $"must be 1 to {LongestName} characters");
        var room = RoomFor(meeting, name);
        if (!RoomName.IsValid(room))
            throw new ProblemException(Problem.RoomNameInvalid, "The meeting's name is too long for rooms under it.");
        var (place, token) = links.Make(
            context.RequireGrant(), CredentialKind.Participant, name,
            [new Scope(Roles.Publish | Roles.Control, Of(room)), new Scope(Roles.View, RoomPattern.OfMeeting(meeting))], room,
            time.GetUtcNow().AddHours(LongestHours));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new Place(place.Id, room, name, token, place.Expires!.Value), ApiJson.Options, statusCode: 201);
    }

    private static IResult Remove(string meeting, string room, LinkStore links, IRoomDirectory rooms)
    {
        if (links.Participants(meeting).FirstOrDefault(p => p.Room == room) is not { } found)
            return Problem.NotFound.Answer("Nobody of this meeting has this room.");
        EndAfter(() => links.Revoke([found.Id]), rooms, name => name == room);
        return Results.NoContent();
    }

    private static IResult Close(string meeting, LinkStore links, IRoomDirectory rooms)
    {
        var pattern = RoomPattern.OfMeeting(meeting);
        EndAfter(() => links.Revoke([.. links.Participants(meeting).Concat(links.Within(pattern)).Select(l => l.Id).Distinct()]),
            rooms, name => pattern.Covers(name));
        return Results.NoContent();
    }

    /// <summary>Rooms end whether or not the disk has taken the revocation: the word is void either way.</summary>
    private static void EndAfter(Action revoke, IRoomDirectory rooms, Predicate<string> which)
    {
        try
        {
            revoke();
        }
        finally
        {
            foreach (var room in rooms.All.Where(r => which(r.Name)))
                room.End();
        }
    }

    /// <summary>The name in a room's letters, and an end that keeps two of one name apart.</summary>
    private static string RoomFor(string meeting, string name)
    {
        var most = RoomName.MaximumLength - meeting.Length - RandomLength - 2;
        var letters = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        var shown = letters.Length == 0 ? "guest" : letters;
        return $"{meeting}.{shown[..Math.Clamp(shown.Length, 0, Math.Max(0, most))]}-{RandomNumberGenerator.GetHexString(RandomLength, lowercase: true)}";
    }

    private static RoomPattern Of(string room) => RoomPattern.TryParse(room, out var pattern)
        ? pattern : throw new InvalidOperationException($"'{room}' was checked.");

    private static Participant Describe(Credential place) => new(place.Id, place.Room!, place.Name, place.Created);

    private sealed record JoinRequest(string? Name);

    private sealed record MuteRequest(bool? Muted);

    private sealed record Place(string Id, string Room, string Name, string Token, DateTimeOffset Expires);

    private sealed record Participant(string Id, string Room, string Name, DateTimeOffset Since);
}
