using System.Reflection;
using LiveFace.Access;
using LiveFace.Features.Sessions;
using LiveFace.Http;
using LiveFace.Rooms;
using LiveFace.Stickers;
using LiveFace.Vision.Inference;
using LiveFace.WebRtc.Endpoint;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Server;

/// <summary>What the server offers: to pages that build their controls from it, and to people who ask.</summary>
internal static class ServerEndpoints
{
    private static readonly string Version =
        typeof(ServerEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "0";

    public static void MapServer(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/server", Describe).Produces<ServerInfo>().Needs(Roles.None);
        routes.MapGet("/api/presets", () => Results.Json(PresetCatalogue.All, ApiJson.Options))
            .Produces<PresetInfo[]>().Needs(Roles.None);
        routes.MapGet("/api/defaults", () => Results.Json(Defaults.OfThisServer, ApiJson.Options))
            .Produces<Defaults>().Needs(Roles.None);
        routes.MapGet("/api/effects", (StickerShelf stickers) =>
            Results.Json(EffectCatalogue.All(stickers.Names), ApiJson.Options)).Produces<EffectInfo[]>().Needs(Roles.None);
        routes.MapPost("/api/hub-ticket", Ticket).Produces<HubTicket>().Needs(Roles.None);
        routes.MapGet("/api/ice", Ice).Produces<IceConfiguration>().Needs(Roles.None);
    }

    private static IResult Ice(HttpContext context, IceServers ice, string? room)
    {
        var grant = context.RequireGrant();
        if (room is not null && !RoomName.IsValid(room))
            throw new ProblemException(Problem.RoomNameInvalid, $"A room's name is {RoomName.Accepted}.");
        if (room is not null && grant.RolesIn(room) == Roles.None)
            throw new ProblemException(Problem.NotAllowed, "The key does not open this room.");
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(ice.ForClient(grant, room), ApiJson.Options);
    }

    private static IResult Ticket(HttpContext context, HubTickets tickets)
    {
        context.Response.Headers.CacheControl = "no-store";
        return tickets.Make(context.RequireGrant()) is { } ticket
            ? Results.Json(new HubTicket(ticket, (int)HubTickets.Lifetime.TotalSeconds), ApiJson.Options)
            : Problem.TooBusy.Answer("Too many tickets wait to be used.");
    }

    private static IResult Describe(
        HttpContext context, AccessMode mode, RtcEndpoint endpoint, InferenceSessions inference, LiveCodecs codecs,
        IOptions<RoomOptions> rooms, SessionNames names)
    {
        var grant = context.RequireGrant();
        return Results.Json(new ServerInfo(
            Version,
            mode.RequiresKey,
            new CallerInfo(
                RoleNames.From(grant.IsAdmin ? grant.RolesIn("") : grant.Scopes[0].Effective),
                grant.Scopes[0].Rooms.Text,
                [.. grant.Scopes.Select(scope => new CallerScope(RoleNames.From(scope.Effective), scope.Rooms.Text))],
                grant.Expires),
            new ServerMedia(
                endpoint.Port, endpoint.Options.Tcp ? endpoint.Port : null,
                [.. codecs.Spoken.Select(codec => codec.ToString().ToLowerInvariant())]),
            new ServerLimits(
                rooms.Value.MaximumRooms, rooms.Value.ViewersPerRoom,
                rooms.Value.MaximumWidth, rooms.Value.MaximumHeight, rooms.Value.MaximumFps),
            new ServerDetector(inference.Device.Name, inference.Device.Provider),
            names.Prefix is [.. var node, _] ? node : null), ApiJson.Options);
    }
}
