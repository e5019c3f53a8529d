using LiveFace.Access;
using LiveFace.Http;

namespace LiveFace.Features.Oversight;

/// <summary>Every link and every place in a meeting that stands, for admins.</summary>
internal static class LinkEndpoints
{
    public static void MapLinks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/links", (LinkStore links) => links.All.OrderBy(link => link.Created).Select(Describe)).Needs(Roles.Admin);
        routes.MapDelete("/api/links/{id}", (string id, LinkStore links) =>
        {
            if (links.All.All(link => link.Id != id))
                return Problem.NotFound.Answer("There is no such link.");
            links.Revoke([id]);
            return Results.NoContent();
        }).Produces(StatusCodes.Status204NoContent).Needs(Roles.Admin);
    }

    private static StandingLink Describe(Credential link) => new(
        link.Id, link.Name, link.Kind == CredentialKind.Participant ? "participant" : "link", RoleNames.From(link.Scopes[0].Roles), link.Scopes[0].Rooms.Text,
        link.Owner, link.Created, link.Expires!.Value);

    /// <param name="Key">The id of the key at the root of it.</param>
    private sealed record StandingLink(
        string Id, string Name, string Kind, string[] Roles, string Pattern, string Key, DateTimeOffset Created, DateTimeOffset Expires);
}
