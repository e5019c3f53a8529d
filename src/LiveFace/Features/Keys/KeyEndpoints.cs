using LiveFace.Access;
using LiveFace.Http;

namespace LiveFace.Features.Keys;

/// <summary>Access keys, for admins.</summary>
internal static class KeyEndpoints
{
    internal const int LongestName = 100;

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/keys", (KeyStore keys) => keys.All.Select(Describe)).Needs(Roles.Admin);
        routes.MapPost("/api/keys", Make).Produces<KeyInfo>(StatusCodes.Status201Created).Needs(Roles.Admin);
        routes.MapDelete("/api/keys/{id}", (string id, KeyStore keys) => keys.Delete(id)
            ? Results.NoContent()
            : Problem.NotFound.Answer("No stored key has this id; keys of the configuration are removed there."))
            .Needs(Roles.Admin);
    }

    private static IResult Make(NewKey asked, KeyStore keys, TimeProvider time, HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(asked.Name) || asked.Name.Length > LongestName)
            errors["name"] = [$"must be 1 to {LongestName} characters"];
        if (!RoleNames.TryParse(asked.Roles ?? [], out var roles, out _) || roles == Roles.None)
            errors["roles"] = [$"must name at least one of {RoleNames.Accepted}"];
        if (!RoomPattern.TryParse(asked.Pattern ?? "*", out var pattern))
            errors["pattern"] = [$"must be {RoomPattern.Accepted}"];
        if (asked.Expires <= time.GetUtcNow())
            errors["expires"] = ["must lie in the future"];
        if (errors.Count > 0)
            throw new ProblemException(Problem.RequestInvalid,
                string.Join("; ", errors.Select(e => $"{e.Key} {e.Value[0]}")) + ".", errors);
        if (keys.All.Count >= KeyStore.MaximumKeys)
            throw new ProblemException(Problem.RequestInvalid, $"{KeyStore.MaximumKeys} keys are stored; delete some first.");

        var (record, key) = keys.Make(asked.Name!, roles, pattern, asked.Expires);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(Describe(record) with { Key = key }, ApiJson.Options, statusCode: 201);
    }

    private static KeyInfo Describe(Credential key) => new(
        key.Id, key.Name, RoleNames.From(key.Scopes[0].Roles), key.Scopes[0].Rooms.Text, key.Created, key.Expires);

    private sealed record NewKey(string? Name, string[]? Roles, string? Pattern, DateTimeOffset? Expires);

    private sealed record KeyInfo(
        string Id, string Name, string[] Roles, string Pattern, DateTimeOffset Created, DateTimeOffset? Expires)
    {
        [System.Text.Json.Serialization.JsonIgnore(
            Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public string? Key { get; init; }
    }
}
