using LiveFace.Access;
using LiveFace.Features.Corrections.Export;
using LiveFace.Features.Corrections.State;
using LiveFace.Http;
using LiveFace.Storage;

namespace LiveFace.Features.Corrections;

/// <summary>
/// Corrections for those who decide about them. What was marked is for admins; the pictures are as they are, so they need the
/// role review beside, and no look at one is answered before it is in the audit log.
/// </summary>
internal static class CorrectionReviewEndpoints
{
    private const int UsualPage = 24;
    private const int LargestPage = 100;
    private const Roles Raw = Roles.Admin | Roles.Review;

    public static void MapCorrectionReviews(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet(path, List).Needs(Roles.Admin);
        routes.MapGet($"{path}/{{id}}", (string id, CorrectionShelf shelf) => Correction.Of(Require(shelf, id))).Needs(Roles.Admin);
        routes.MapGet($"{path}/{{id}}/picture", Picture).Needs(Raw);
        routes.MapPut($"{path}/{{id}}/state", DecideAsync).Takes<CorrectionDecision>().Produces<Correction>().Needs(Raw);
        routes.MapDelete($"{path}/{{id}}", Delete).Produces(StatusCodes.Status204NoContent).Needs(Roles.Admin);
        routes.MapGet($"{path}/export", ExportAsync).Needs(Raw);
    }

    private static CorrectionPage List(CorrectionShelf shelf, string? state, string? @class, int? skip, int? limit)
    {
        if (skip < 0)
            throw RequestBody.Invalid("skip", "must be 0 or more");
        if (limit is < 1 or > LargestPage)
            throw RequestBody.Invalid("limit", $"must be 1 to {LargestPage}");
        CorrectionState? wanted = null;
        if (state is not null)
            wanted = Enum.GetNames<CorrectionState>().FirstOrDefault(name => name.Equals(state, StringComparison.OrdinalIgnoreCase)) is { } known
                ? Enum.Parse<CorrectionState>(known)
                : throw RequestBody.Invalid("state", "must be waiting, accepted or rejected");
        var (page, total) = shelf.List(wanted, @class, skip ?? 0, limit ?? UsualPage);
        return new CorrectionPage(total, [.. page.Select(Correction.Of)]);
    }

    private static IResult Picture(string id, HttpContext context, CorrectionShelf shelf, AuditLog audit)
    {
        var kept = RequireRaw(context, shelf, id);
        audit.Note(kept.Id, "seen", context.By());
        context.Response.Headers.CacheControl = "no-store";
        return shelf.TryReadPicture(kept.Id) is { } picture ? Results.Bytes(picture, "image/jpeg") : throw Gone();
    }

    private static async Task<IResult> DecideAsync(string id, HttpContext context, CorrectionShelf shelf, AuditLog audit)
    {
        var asked = await context.Request.ReadJsonAsync<CorrectionDecision>();
        var kept = RequireRaw(context, shelf, id);
        if (asked?.State is not { } state)
            throw RequestBody.Invalid("state", "must be waiting, accepted or rejected");
        audit.Note(kept.Id, state == CorrectionState.Waiting ? "reopened" : state.ToString().ToLowerInvariant(), context.By());
        return shelf.Decide(kept.Id, state) ? Results.Json(Correction.Of(kept with { State = state }), ApiJson.Options) : throw Gone();
    }

    private static IResult Delete(string id, HttpContext context, CorrectionShelf shelf, AuditLog audit)
    {
        audit.RemoveFrom(shelf, Require(shelf, id).Id, "deleted", context.By());
        return Results.NoContent();
    }

    private static async Task ExportAsync(HttpContext context, CorrectionShelf shelf, CorrectionExport export, string? format)
    {
        RequireNoLink(context);
        var layout = format switch
        {
            "coco" => ExportFormat.Coco,
            "yolo" => ExportFormat.Yolo,
            _ => throw RequestBody.Invalid("format", "must be coco or yolo"),
        };
        await export.AnswerAsync(context, layout, shelf);
    }

    private static CorrectionRecord RequireRaw(HttpContext context, CorrectionShelf shelf, string id)
    {
        RequireNoLink(context);
        return Require(shelf, id);
    }

    private static void RequireNoLink(HttpContext context)
    {
        if (context.RequireGrant().IsLink)
            throw new ProblemException(Problem.NotAllowed, "Pictures as they are, are for no link.");
    }

    private static CorrectionRecord Require(CorrectionShelf shelf, string id) => shelf.Find(id) ?? throw Gone();

    private static ProblemException Gone() => new(Problem.NotFound, "There is no such correction; it may have been withdrawn.");
}
