using LiveFace.Access;
using LiveFace.Features.Keys;
using LiveFace.Http;

namespace LiveFace.Features.Shares;

/// <summary>
/// Links for others: less than the giver has, for a time. Whoever holds a key takes back all links of a room; whoever holds
/// a link, those that they made from it.
/// </summary>
internal static class ShareEndpoints
{
    private const int LongestMinutes = 43_200;
    private const string Path = "/api/rooms/{room}/share";

    public static void MapShares(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, ShareAsync).Takes<ShareRequest>().Produces<ShareLink>(StatusCodes.Status201Created).Needs(Roles.Control);
        routes.MapGet(Path, (HttpContext context, string room, LinkStore links, Credentials credentials) =>
            Results.Json(Within(context.RequireGrant(), links.Of(room), credentials).OrderBy(l => l.Created).Select(Describe), ApiJson.Options))
            .Produces<LinkInfo[]>().Needs(Roles.Control);
        routes.MapDelete(Path, (HttpContext context, string room, LinkStore links, Credentials credentials) =>
        {
            links.Revoke([.. Within(context.RequireGrant(), links.Of(room), credentials).Select(l => l.Id)]);
            return Results.NoContent();
        }).Produces(StatusCodes.Status204NoContent).Needs(Roles.Control);
        routes.MapDelete(Path + "/{id}", (HttpContext context, string room, string id, LinkStore links, Credentials credentials) =>
        {
            if (!Within(context.RequireGrant(), links.Of(room), credentials).Any(l => l.Id == id))
                return Problem.NotFound.Answer("No link of this room has this id.");
            links.Revoke([id]);
            return Results.NoContent();
        }).Produces(StatusCodes.Status204NoContent).Needs(Roles.Control);
    }

    /// <summary>Those that the caller may take back.</summary>
    private static IEnumerable<Credential> Within(Grant grant, IEnumerable<Credential> links, Credentials credentials) =>
        grant.Credential is { } id && credentials.Get(id) is { Kind: not CredentialKind.Key } own
            ? links.Where(l => l.Id != id && credentials.Owns(l.ToGrant(), own))
            : links;

    private static async Task<IResult> ShareAsync(HttpContext context, string room, LinkStore links, TimeProvider time)
    {
        var asked = await context.Request.ReadJsonAsync<ShareRequest>() ?? new ShareRequest(null, null, null, null);
        var giver = context.RequireGrant();
        var (roles, pattern) = Read(asked, room, giver);
        var minutes = asked.Minutes ?? 60;
        if (minutes is < 1 or > LongestMinutes)
            throw RequestBody.Invalid("minutes", $"must be 1 to {LongestMinutes}");
        var name = asked.Name ?? "share link";
        if (string.IsNullOrWhiteSpace(name) || name.Length > KeyEndpoints.LongestName)
            throw RequestBody.Invalid("name", $"must be 1 to {KeyEndpoints.LongestName} characters");

        var (link, token) = links.Make(
            giver, CredentialKind.Link, name, [new Scope(roles, pattern)], room, time.GetUtcNow().AddMinutes(minutes));
        var origin = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new ShareLink(
            link.Id, token, RoleNames.From(roles), pattern.Text, link.Expires!.Value,
            Page(origin, room, roles, pattern, token),
            roles.HasFlag(Roles.Publish) ? $"{origin}/whip/{room}" : null,
            roles.HasFlag(Roles.View) ? $"{origin}/whep/{room}" : null), ApiJson.Options, statusCode: 201);
    }

    private static (Roles Roles, RoomPattern Pattern) Read(ShareRequest asked, string room, Grant giver)
    {
        if (!RoleNames.TryParse(asked.Roles ?? ["view"], out var roles, out var unknown) || roles == Roles.None)
            throw RequestBody.Invalid("roles", unknown is null
                ? $"name at least one of {RoleNames.Accepted}" : $"'{unknown}' is not one of {RoleNames.Accepted}");
        if (!RoomPattern.TryParse(asked.Pattern ?? room, out var pattern))
            throw RequestBody.Invalid("pattern", $"must be {RoomPattern.Accepted}");
        if ((roles & (Roles.Admin | Roles.Review)) != 0)
            throw new ProblemException(Problem.NotAllowed, "Only roles that you have can be given on, and never admin or review.");
        if (!pattern.Covers(room) && pattern.Text != room)
            throw new ProblemException(Problem.NotAllowed, $"'{pattern}' does not hold '{room}'.");
        if (!giver.MayThroughout(roles, pattern))
            throw new ProblemException(Problem.NotAllowed, $"Only what you have yourself in '{pattern}' can be given on, and never admin.");
        return (roles, pattern);
    }

    private static string Page(string origin, string room, Roles roles, RoomPattern pattern, string token) =>
        roles.HasFlag(Roles.Join) && pattern.Meeting is { } meeting ? $"{origin}/meet/{meeting}#key={token}"
        : roles.HasFlag(Roles.Publish) ? $"{origin}/#room={room}&key={token}"
        : $"{origin}/view/{room}#key={token}";

    private static LinkInfo Describe(Credential link) => new(
        link.Id, link.Name, RoleNames.From(link.Scopes[0].Roles), link.Scopes[0].Rooms.Text, link.Created, link.Expires!.Value);

    private sealed record ShareRequest(string[]? Roles, int? Minutes, string? Pattern, string? Name);

    private sealed record LinkInfo(string Id, string Name, string[] Roles, string Pattern, DateTimeOffset Created, DateTimeOffset Expires);

    private sealed record ShareLink(
        string Id, string Token, string[] Roles, string Pattern, DateTimeOffset Expires, string Url, string? Whip, string? Whep);
}
