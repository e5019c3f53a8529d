using LiveFace.Access;
using LiveFace.Features.People.State;
using LiveFace.Features.Rooms;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Rooms.Relay.Remote;
using Microsoft.Net.Http.Headers;

namespace LiveFace.Features.Sessions;

/// <summary>
/// WHIP (RFC 9725), WHEP, and the same manner for one connection that does both:
/// <code>
/// POST offer ► 201 answer, Location: session, ETag: ICE session, Link: ICE servers
/// PATCH session, If-Match: ETag ► 204 (trickled candidates)
/// PATCH session, If-Match: *    ► 200 new ICE credentials, new ETag
/// DELETE session ► 200
/// PUT, DELETE session/floor ► 200 policy in force (below what nobody else goes while this session publishes)
/// </code>
/// </summary>
internal static class SessionEndpoints
{
    private const string Sdp = "application/sdp";
    private const string Fragment = "application/trickle-ice-sdpfrag";

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/whip/{room}", SessionKind.Whip, Roles.Publish);
        Map(routes, "/whep/{room}", SessionKind.Whep, Roles.View);
        Map(routes, "/api/rooms/{room}/peer", SessionKind.Peer, Roles.Publish | Roles.View);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, SessionKind kind, Roles roles)
    {
        var session = path + "/{session}";
        routes.MapPost(path, (HttpContext context, string room) => Open(context, room, kind))
            .Takes(Sdp).Produces<string>(StatusCodes.Status201Created, Sdp).Needs(roles).AtOwner(makes: kind != SessionKind.Whep, watches: kind == SessionKind.Whep);
        routes.MapMethods(path, [HttpMethods.Options], Options).ExcludeFromDescription().Needs(roles);
        routes.MapPatch(session, (HttpContext context, string room, string session) =>
            Patch(context, Sessions(context).Find(kind, room, session))).Takes(Fragment).Needs(roles).AtOwner();
        routes.MapDelete(session, (HttpContext context, string room, string session) =>
        {
            Sessions(context).Find(kind, room, session).Close();
            return Results.Ok();
        }).Needs(roles).AtOwner();
        routes.MapMethods(session, [HttpMethods.Options], Options).ExcludeFromDescription().Needs(roles);
        if (kind != SessionKind.Whep)
            MapFloor(routes, session + "/floor", kind, roles);
    }

    /// <summary>The publisher's own floor: only who has the session's address, which only its maker was told, can change it.</summary>
    private static void MapFloor(IEndpointRouteBuilder routes, string path, SessionKind kind, Roles roles)
    {
        routes.MapPut(path, async (HttpContext context, string room, string session) =>
        {
            var json = await context.Request.ReadBytesAsync("application/json");
            if (!PolicyJson.TryRead(json, out var floor, out var problems))
                throw RoomProblems.Of(problems);
            return SetFloor(context, Sessions(context).Find(kind, room, session), floor);
        }).Takes<RedactionPolicy>().Produces<RedactionPolicy>().Needs(roles).AtOwner();
        routes.MapDelete(path, (HttpContext context, string room, string session) =>
            SetFloor(context, Sessions(context).Find(kind, room, session), null)).Produces<RedactionPolicy>().Needs(roles).AtOwner();
    }

    private static IResult SetFloor(HttpContext context, HttpSession session, RedactionPolicy? floor)
    {
        var rooms = context.RequestServices.GetRequiredService<IRoomDirectory>();
        if (rooms.Find(session.Room) is { } open)
            CheckPeople(context, open, floor);
        if (rooms.Find(session.Room) is not { } room || !room.TrySetFloor(session.Id, floor, out var current))
            throw new ProblemException(Problem.SessionNotFound, "It publishes no more.");
        return Results.Json(current, ApiJson.Options);
    }

    private static async Task<IResult> Open(HttpContext context, string room, SessionKind kind)
    {
        var metrics = context.RequestServices.GetRequiredService<ServerMetrics>();
        try
        {
            var offer = await context.Request.ReadTextAsync(Sdp);
            var session = await OpenAsync(context, room, offer, kind);
            metrics.SessionOpened(kind);

            var headers = context.Response.Headers;
            headers.Location = $"{context.Request.PathBase}{context.Request.Path.Value!.TrimEnd('/')}/{Sessions(context).NameOf(session)}";
            headers.ETag = session.ETag;
            headers.CacheControl = "no-store";
            AddCapabilities(context);
            return Results.Text(session.AnswerSdp, Sdp, statusCode: StatusCodes.Status201Created);
        }
        catch (Exception e) when (RoomProblems.From(e) is { } problem)
        {
            metrics.SessionRefused(kind, problem.Problem.Code);
            throw;
        }
    }

    private static async Task<HttpSession> OpenAsync(HttpContext context, string room, string offer, SessionKind kind)
    {
        var grant = context.RequireGrant();
        var place = context.RequestServices.GetRequiredService<Quotas>()
            .Take(kind == SessionKind.Whep ? Quota.Viewers : Quota.Publishers, grant, context.Connection.RemoteIpAddress);
        try
        {
            var session = new HttpSession(kind, room, kind == SessionKind.Whep
                ? await ViewAsync(context, room, offer)
                : PublishIn(context.RequestServices.GetRequiredService<RoomDoor>().ToPublish(room, grant), offer, kind, context));
            Sessions(context).Add(session, grant, place);
            return session;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>In the room where it is on this node; else, in a cluster, in what is pulled from the node that has it.</summary>
    private static async Task<IRoomSession> ViewAsync(HttpContext context, string room, string offer)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<IRoomDirectory>().Find(room) is null && services.GetService<RelayDirectory>() is { } relays
            && await relays.TryViewAsync(room, offer, context.RequestAborted) is { } relayed)
            return relayed;
        return services.GetRequiredService<RoomDoor>().ToView(room).View(offer);
    }

    private static IRoomSession PublishIn(IRoom room, string offer, SessionKind kind, HttpContext context)
    {
        var wishes = PublisherHeaders.Read(context.Request);
        CheckPeople(context, room, wishes.Policy);
        CheckPeople(context, room, wishes.Floor);
        return room.Publish(offer, watchesToo: kind == SessionKind.Peer, takeOver: context.Request.Headers.IfNoneMatch.ToString() != "*", wishes);
    }

    private static void CheckPeople(HttpContext context, IRoom room, RedactionPolicy? policy) =>
        context.RequestServices.GetRequiredService<PeopleDoor>().Check(room.Name, context.RequireGrant(), policy, room.Policy);

    private static async Task<IResult> Patch(HttpContext context, HttpSession session)
    {
        var ifMatch = context.Request.Headers.IfMatch.ToString();
        if (ifMatch.Length == 0)
            throw new ProblemException(Problem.PreconditionRequired,
                "Send If-Match with the session's ETag to trickle, or with * to restart ICE.");
        var answer = session.Patch(await context.Request.ReadTextAsync(Fragment), ifMatch);
        context.Response.Headers.ETag = session.ETag;
        return answer is null ? Results.NoContent() : Results.Text(answer, Fragment);
    }

    private static IResult Options(HttpContext context)
    {
        context.Response.Headers["Accept-Post"] = Sdp;
        AddCapabilities(context);
        return Results.NoContent();
    }

    private static void AddCapabilities(HttpContext context)
    {
        context.Response.Headers["Accept-Patch"] = Fragment;
        var links = context.RequestServices.GetRequiredService<IceServers>()
            .Links(context.RequireGrant(), context.GetRouteValue("room") as string);
        if (links.Length > 0)
            context.Response.Headers.Append(HeaderNames.Link, links);
    }

    private static SessionDirectory Sessions(HttpContext context) =>
        context.RequestServices.GetRequiredService<SessionDirectory>();
}
