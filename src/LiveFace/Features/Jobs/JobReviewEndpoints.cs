using System.Text;
using System.Text.Json.Nodes;
using LiveFace.Access;
using LiveFace.Features.Jobs.Review;
using LiveFace.Features.Jobs.State;
using LiveFace.Films.Boxes;
using LiveFace.Films.Review;
using LiveFace.Http;
using LiveFace.Storage;

namespace LiveFace.Features.Jobs;

/// <summary>What was found in a job's film, and what a reviewer says of it.</summary>
internal static class JobReviewEndpoints
{
    public static void MapJobReviews(this IEndpointRouteBuilder routes)
    {
        var job = routes.OfOneJob();
        job.MapGet("/api/jobs/{id}/boxes", Boxes).Needs(Roles.Publish);
        job.MapGet("/api/jobs/{id}/tracks", TracksAsync).Needs(Roles.Publish);
        job.MapGet("/api/jobs/{id}/edits", EditsAsync).Needs(Roles.Publish);
        job.MapPost("/api/jobs/{id}/edits", AddAsync).Takes<JsonObject>().Produces<JsonObject>(StatusCodes.Status201Created).Needs(Roles.Publish | Roles.Review);
    }

    private static IResult Boxes(string id, HttpContext context, JobViews views, JobFiles files)
    {
        var job = views.Require(context.RequireGrant(), id);
        var folder = files.Of(job.Id);
        if (!File.Exists(folder.Boxes))
            throw JobEndpoints.WrongState(job);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(folder.Vault.OpenRead(folder.Boxes), "application/json", $"{Path.GetFileNameWithoutExtension(job.Name)}.boxes.json");
    }

    private static async Task<IEnumerable<JobTrack>> TracksAsync(string id, HttpContext context, JobViews views, JobReviews reviews, int? from, int? to)
    {
        if (from > to)
            throw RequestBody.Invalid("from", "must not be beyond to");
        var review = await reviews.OpenAsync(views.Require(context.RequireGrant(), id), context.RequestAborted);
        return review.Tracks.Tracks
            .Where(track => (from is null && to is null) || (track.First <= (to ?? int.MaxValue) && track.Last >= (from ?? 0)))
            .Select(track => Describe(track, review, from, to)).ToList();
    }

    private static JobTrack Describe(BoxTrack track, OpenReview review, int? from, int? to)
    {
        var model = review.Index.Head.Models[track.Model];
        int? first = from is null && to is null ? null : Math.Max(track.First, from ?? 0);
        return new JobTrack(
            track.Id, model.Name, model.Labels[track.Class], Math.Round(track.Score, 3), Math.Round(track.Doubt, 3), track.First, track.Last,
            review.Tracks.IsKept(track.Id), track.Read, first, first is { } begin
                ? [.. Enumerable.Range(begin, Math.Min(track.Last, to ?? int.MaxValue) - begin + 1).Select(picture => Describe(track[picture]))]
                : null);
    }

    private static object[] Describe(in TrackBox box) =>
    [
        Math.Round(box.Box.Left, 1), Math.Round(box.Box.Top, 1), Math.Round(box.Box.Right, 1), Math.Round(box.Box.Bottom, 1),
        Math.Round(box.Doubt, 3), box.Origin.ToString().ToLowerInvariant(),
    ];

    private static async Task<JobEdits> EditsAsync(string id, HttpContext context, JobViews views, JobReviews reviews)
    {
        var review = await reviews.OpenAsync(views.Require(context.RequireGrant(), id), context.RequestAborted);
        var kinds = review.Index.Head.Models.SelectMany((model, number) => model.Labels.Select((label, index) => new DrawnKind(number, index, label)));
        return new JobEdits([.. review.Log.Edits.Select(Line)], [.. review.Log.InForce().Select(edit => edit.Number)], [.. kinds]);
    }

    private static async Task<IResult> AddAsync(string id, HttpContext context, JobViews views, JobReviews reviews, AuditLog audit)
    {
        var grant = context.RequireGrant();
        var job = views.Require(grant, id);
        var json = Encoding.UTF8.GetString(await context.Request.ReadBytesAsync("application/json"));
        var logged = await reviews.AddAsync(
            job, json, grant.Name, edit => audit.Write("job-edited", job.Id, (grant.Name, JobViews.Name(grant)), ("edit", Line(edit))), context.RequestAborted);
        return Results.Json(Line(logged), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static JsonObject Line(LoggedEdit edit) => (JsonObject)JsonNode.Parse(EditText.Write(edit))!;
}
