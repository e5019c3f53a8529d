using System.Net;
using LiveFace.Access;
using LiveFace.Features.Files;
using LiveFace.Features.Files.Uploads;
using LiveFace.Features.People.State;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Telemetry;
using LiveFace.Vision.Identity;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.People;

/// <summary>
/// People who agreed to be left alone: enrolled, listed, withdrawn. There is no call that takes a face and gives a person.
/// docs/reference/people.md has the whole.
/// </summary>
internal static class PeopleEndpoints
{
    private const string Path = "/api/people";

    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, List).Produces<Person[]>().Needs(Roles.Admin);
        routes.MapGet("/api/rooms/{room}/people", ListOf).Produces<Person[]>().Needs(Roles.Control);
        routes.MapPut($"{Path}/{{id}}", EnrolAsync).Takes<PersonForm>(FormParts.MediaType, typeof(PersonOrder)).Produces<PersonReceipt>()
            .Produces<PersonReceipt>(StatusCodes.Status201Created).Needs(Roles.Admin).Counts(Quota.Uploads);
        routes.MapDelete($"{Path}/{{id}}", Delete).Produces(StatusCodes.Status204NoContent).Needs(Roles.Admin);
        routes.MapPost($"{Path}/withdraw", WithdrawAsync).Takes<PersonClaim>().Produces<PersonWithdrawn>().OpenToAnyone();
    }

    private static IResult List(HttpContext context, PeopleRegistry people)
    {
        RequireNoLink(context);
        return Answer(context, people.All);
    }

    /// <summary>Whom the caller may name in the room's policy: a link nobody.</summary>
    private static IResult ListOf(HttpContext context, string room, PeopleRegistry people) =>
        Answer(context, people.All.Where(one => !context.RequireGrant().IsLink && one.Person.Rooms.Covers(room)));

    private static IResult Answer(HttpContext context, IEnumerable<(PersonRecord Person, bool IsReadable)> people)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(people.Select(one => Person.Of(one.Person, one.IsReadable)).ToArray(), ApiJson.Options);
    }

    private static async Task<IResult> EnrolAsync(
        HttpContext context, string id, PictureRequests requests, FaceEnroller enroller, PeopleRegistry people, AuditLog audit,
        IOptions<PeopleOptions> options, ServerLife life, TimeProvider time)
    {
        var grant = RequireNoLink(context);
        if (life.IsDraining)
            throw new ProblemException(Problem.ShuttingDown);
        if (!PersonId.IsValid(id))
            throw RequestBody.Invalid("id", $"must be {PersonId.Accepted}");
        if (!FormParts.Is(context.Request))
            throw new ProblemException(Problem.MediaTypeUnsupported, $"Send a form, {FormParts.MediaType}, with the parts 'picture' and a part 'person'.");
        if (!people.HasKey)
            throw new ProblemException(Problem.NotAllowed, "This server has no key to encrypt with, and enrols nobody: set Storage:EncryptionKey or People:EncryptionKey.");
        using var form = await requests.ReceiveSeveralAsync(
            context, FaceEnrolment.Most, FaceEnroller.MaximumBytes, new FormPart("person", PersonOrder.MaximumBytes));
        var person = PersonOrder.Read(id, form.Require("person").ReadAll(), options.Value.LongestDays, time.GetUtcNow());
        Upload[] pictures = [.. form.All("picture")];
        if (pictures.Length < FaceEnrolment.Fewest)
            throw RequestBody.Invalid("picture", $"must be {FaceEnrolment.Fewest} to {FaceEnrolment.Most} different pictures of the person");
        var template = await enroller.LookAsync(pictures, context.RequestAborted);
        person = person with { Pictures = pictures.Length };
        var (secret, isNew) = people.Enrol(person, template, () => audit.NotePerson(
            id, "enrolled", (grant.Name, grant.Credential ?? grant.Owner), ("rooms", person.Rooms.Text), ("pictures", pictures.Length),
            ("until", person.Expires.UtcDateTime.ToString("O"))));
        context.Response.Headers.CacheControl = "no-store";
        var request = context.Request;
        return Results.Json(
            new PersonReceipt(id, person.Created, person.Expires, person.Rooms.Text, $"{request.Scheme}://{request.Host}{request.PathBase}/withdraw#{secret}"),
            ApiJson.Options, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static IResult Delete(HttpContext context, string id, PeopleRegistry people, AuditLog audit)
    {
        var grant = RequireNoLink(context);
        return audit.RemoveFrom(people, id, "deleted", (grant.Name, grant.Credential ?? grant.Owner))
            ? Results.NoContent()
            : throw new ProblemException(Problem.NotFound, "Nobody is enrolled under this id.");
    }

    private static async Task<IResult> WithdrawAsync(HttpContext context, PeopleRegistry people, WithdrawalLimit limit, AuditLog audit)
    {
        limit.Take(context.Connection.RemoteIpAddress ?? IPAddress.None);
        var claim = await context.Request.ReadJsonAsync<PersonClaim>();
        var id = people.FindBySecret(claim?.Secret);
        if (id is null || !audit.RemoveFrom(people, id, "withdrawn", ("the person", "")))
            throw new ProblemException(Problem.NotFound, "Nobody is enrolled under this link: it was withdrawn before, its time is over, or the link is not whole.");
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new PersonWithdrawn(id), ApiJson.Options);
    }

    private static Grant RequireNoLink(HttpContext context)
    {
        var grant = context.RequireGrant();
        return grant.IsLink ? throw new ProblemException(Problem.NotAllowed, "Who is enrolled is no business of a link.") : grant;
    }
}
