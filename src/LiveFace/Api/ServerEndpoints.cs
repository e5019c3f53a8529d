using System.Reflection;
using LiveFace.Access;
using LiveFace.Rooms;
using LiveFace.Stickers;
using LiveFace.Vision.Inference;
using LiveFace.WebRtc;
using Microsoft.Extensions.Options;

namespace LiveFace.Api;

/// <summary>What the server offers: to pages that build their controls from it, and to people who ask.</summary>
internal static class ServerEndpoints
{
    private static readonly string Version =
        typeof(ServerEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "0";

    public static void MapServer(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/server", Describe).Needs(Roles.None);
        routes.MapGet("/api/presets", () => Results.Json(PresetCatalogue.All, ApiJson.Options)).Needs(Roles.None);
        routes.MapGet("/api/effects", (StickerShelf stickers) =>
            Results.Json(EffectCatalogue.All(stickers.Names), ApiJson.Options)).Needs(Roles.None);
        routes.MapPost("/api/hub-ticket", Ticket).Needs(Roles.None);
        routes.MapGet("/api/ice", (IceServers ice, HttpResponse response, string? room) =>
        {
            if (room is not null && !RoomName.IsValid(room))
                throw new ProblemException(Problem.RoomNameInvalid, $"A room's name is {RoomName.Accepted}.");
            response.Headers.CacheControl = "no-store";
            return Results.Json(ice.ForClient(room), ApiJson.Options);
        }).Needs(Roles.None);
    }

    private static IResult Ticket(HttpContext context, HubTickets tickets)
    {
        context.Response.Headers.CacheControl = "no-store";
        return tickets.Make(context.RequireGrant()) is { } ticket
            ? Results.Json(new { ticket, seconds = (int)HubTickets.Lifetime.TotalSeconds }, ApiJson.Options)
            : Problem.TooBusy.Answer("Too many tickets wait to be used.");
    }

    private static IResult Describe(
        HttpContext context, AccessMode mode, RtcEndpoint endpoint, InferenceSessions inference, LiveCodecs codecs,
        IOptions<RoomOptions> rooms)
    {
        var grant = context.RequireGrant();
        return Results.Json(new
        {
            version = Version,
            keyRequired = mode.RequiresKey,
            you = new
            {
                roles = RoleNames.From(grant.IsAdmin ? Roles.All : grant.Scopes[0].Effective),
                pattern = grant.Scopes[0].Rooms.Text,
                scopes = grant.Scopes.Select(s => new { roles = RoleNames.From(s.Effective), pattern = s.Rooms.Text }),
                expires = grant.Expires,
            },
            media = new
            {
                udpPort = endpoint.Port,
                tcpPort = endpoint.Options.Tcp ? endpoint.Port : (int?)null,
                codecs = codecs.Spoken.Select(c => c.ToString().ToLowerInvariant()),
            },
            limits = new
            {
                rooms = rooms.Value.MaximumRooms,
                viewersPerRoom = rooms.Value.ViewersPerRoom,
                maximumWidth = rooms.Value.MaximumWidth,
                maximumHeight = rooms.Value.MaximumHeight,
                maximumFps = rooms.Value.MaximumFps,
            },
            detector = new { device = inference.Device.Name, provider = inference.Device.Provider },
        }, ApiJson.Options);
    }
}
