using System.Text.Json;
using LiveFace.Access;

namespace LiveFace.Api;

/// <summary>Links for others: a signed token for a room, with less than the giver has, for a time.</summary>
internal static class ShareEndpoints
{
    private const int LongestMinutes = 43_200;

    public static void MapShares(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/rooms/{room}/share", Share).Needs(Roles.Control);
        routes.MapDelete("/api/rooms/{room}/share", (string room, ShareEpochs epochs) =>
        {
            epochs.Raise(room);
            return Results.NoContent();
        }).Needs(Roles.Control);
    }

    private static async Task<IResult> Share(HttpContext context, string room, ShareTokens tokens, TimeProvider time)
    {
        var asked = await ReadAsync(context.Request);
        var giver = context.RequireGrant();
        if (!RoleNames.TryParse(asked.Roles ?? ["view"], out var roles, out var unknown) || roles == Roles.None)
            throw Invalid("roles", unknown is null
                ? $"name at least one of {RoleNames.Accepted}" : $"'{unknown}' is not one of {RoleNames.Accepted}");
        if (!RoomPattern.TryParse(asked.Pattern ?? room, out var pattern))
            throw Invalid("pattern", $"must be {RoomPattern.Accepted}");
        var minutes = asked.Minutes ?? 60;
        if (minutes is < 1 or > LongestMinutes)
            throw Invalid("minutes", $"must be 1 to {LongestMinutes}");
        if (!giver.May(roles) || roles.HasFlag(Roles.Admin))
            throw new ProblemException(Problem.NotAllowed, "Only roles that you have can be given on, and never admin.");
        if (!pattern.Covers(room) && pattern.Text != room || !(giver.IsAdmin || giver.Rooms.Includes(pattern)))
            throw new ProblemException(Problem.NotAllowed, $"'{pattern}' reaches beyond '{room}' or what you may share.");

        // A link never outlives the key that made it.
        var expires = time.GetUtcNow().AddMinutes(minutes);
        if (giver.Expires is { } own && own < expires)
            expires = own;
        var token = tokens.Make(roles, pattern, room, expires);
        var origin = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";
        return Results.Json(new ShareLink(
            token, RoleNames.From(roles), pattern.Text, expires,
            roles.HasFlag(Roles.Publish) ? $"{origin}/#room={room}&key={token}" : $"{origin}/view/{room}#key={token}",
            roles.HasFlag(Roles.Publish) ? $"{origin}/whip/{room}" : null,
            roles.HasFlag(Roles.View) ? $"{origin}/whep/{room}" : null), ApiJson.Options, statusCode: 201);
    }

    private static async Task<ShareRequest> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is 0 || request.ContentType is null)
            return new ShareRequest(null, null, null);
        var json = await request.ReadBytesAsync("application/json");
        try
        {
            return JsonSerializer.Deserialize<ShareRequest>(json, ApiJson.Options) ?? new ShareRequest(null, null, null);
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.RequestInvalid, $"The body is not as described ({e.Path}).");
        }
    }

    private static ProblemException Invalid(string field, string message) => new(
        Problem.RequestInvalid, $"{field}: {message}.", new Dictionary<string, string[]> { [field] = [message] });

    private sealed record ShareRequest(string[]? Roles, int? Minutes, string? Pattern);

    private sealed record ShareLink(
        string Token, string[] Roles, string Pattern, DateTimeOffset Expires, string Url, string? Whip, string? Whep);
}
