using System.Globalization;
using System.Text;
using LiveFace.Access;
using LiveFace.Features.Files;
using LiveFace.Features.Files.Detections;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Storage;
using LiveFace.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace LiveFace.Features.Jobs;

/// <summary>Films and pictures as jobs: made, watched, paused, taken away. docs/reference/jobs.md has the whole.</summary>
internal static class JobEndpoints
{
    private const int LongestName = 200;
    private const string UsualName = "film";

    /// <summary>Names nodes whose jobs a list lacks, because they did not answer.</summary>
    private const string SilentHeader = "LiveFace-Silent";

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/jobs", MakeAsync).Takes("*/*").Produces<Job>(StatusCodes.Status201Created).Needs(Roles.Publish).Counts(Quota.Uploads);
        routes.MapGet("/api/jobs", ListAsync).Produces<IEnumerable<Job>>().Needs(Roles.Publish);
        routes.OfOneJob().MapOne();
    }

    private static void MapOne(this RouteGroupBuilder routes)
    {
        routes.MapGet("/api/jobs/{id}", (string id, HttpContext context, JobViews views) => views.View(views.Require(context.RequireGrant(), id))).Needs(Roles.Publish);
        routes.MapDelete("/api/jobs/{id}", DeleteAsync).Needs(Roles.Publish);
        routes.MapMethods("/api/jobs/{id}/upload", ["HEAD"], UploadState).Needs(Roles.Publish);
        routes.MapPatch("/api/jobs/{id}/upload", AddAsync).Takes("application/offset+octet-stream").Needs(Roles.Publish).Counts(Quota.Uploads);
        routes.MapPost("/api/jobs/{id}/pause", PauseAsync).Needs(Roles.Publish);
        routes.MapPost("/api/jobs/{id}/resume", (string id, HttpContext context, JobViews views, JobBoard board) => Moved(
            id, context, views, board, job => job.State == JobState.Paused ? job with { State = JobState.Queued, Expires = null } : null)).Needs(Roles.Publish);
        routes.MapPost("/api/jobs/{id}/render", Render).Produces<Job>(StatusCodes.Status202Accepted).Needs(Roles.Publish);
        routes.MapGet("/api/jobs/{id}/result", Result).Needs(Roles.Publish);
        routes.MapGet("/api/jobs/{id}/events", JobEvents.Get).Needs(Roles.Publish).Counts(Quota.JobEvents);
    }

    internal static ProblemException WrongState(JobRecord job) =>
        new(Problem.JobState, $"It is {job.State.ToString().ToLowerInvariant()}.");

    private static async Task<IResult> ListAsync(HttpContext context, IJobReach jobs)
    {
        var list = await jobs.AllAsync(context.RequireGrant(), context.RequestAborted);
        if (list.Silent.Count > 0)
            context.Response.Headers[SilentHeader] = string.Join(", ", list.Silent);
        return Results.Json(list.Jobs.Select(job => job.View), ApiJson.Options);
    }

    private static async Task<IResult> MakeAsync(
        HttpContext context, JobUploads uploads, JobFetch fetch, JobViews views, JobNames names, RequestedPolicy requested, ServerLife life, TimeProvider time,
        string? name, string? preset, string? room, string? policy, bool? review, string? attributes, string? from)
    {
        if (life.IsDraining)
            throw new ProblemException(Problem.ShuttingDown);
        var grant = context.RequireGrant();
        var source = from is null ? null : fetch.Require(from);
        name = (name ?? (source is null ? UsualName : JobFetch.NameOf(source))).Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            throw RequestBody.Invalid("name", $"must be 1 to {LongestName} characters");
        var hidden = requested.Read(grant, preset, room, policy);
        if (hidden.Watermark is { Sticker: not null })
            throw RequestBody.Invalid("watermark.sticker", "is for rooms and pictures; a job's policy marks with a text");
        if (review == true && Films.Rendering.RecordedPolicy.NeedsOnePass(hidden))
            throw RequestBody.Invalid("review", "is not for a policy with outlines or a background, which goes in one pass");
        if (!AskedTraits.TryRead(attributes, out var traits, out var problem))
            throw RequestBody.Invalid("attributes", problem);
        var announced = source is null ? Announced(context.Request) : null;
        using var fetched = source is null ? null : await fetch.OpenAsync(source, context.RequestAborted);
        AllowBody(context, uploads.MaximumBytes);
        var job = uploads.Begin(new JobRecord
        {
            Id = names.Make(), Owner = grant.Owner, Credential = JobViews.Name(grant), By = grant.Name, Name = name, Review = review == true,
            Policy = Encoding.UTF8.GetString(PolicyJson.Write(hidden)), IsResumable = announced is not null,
            Bytes = announced ?? (fetched is null ? context.Request.ContentLength : fetched.Content.Headers.ContentLength) ?? 0, Created = time.GetUtcNow(), Changed = time.GetUtcNow(),
            Expires = announced is null ? null : uploads.Expiry(), Attributes = traits,
        }, grant);
        if (announced is null)
            job = await ReceiveAsync(job, uploads, fetched, context);
        context.Response.Headers["Upload-Offset"] = "0";
        context.Response.Headers.Location = $"/api/jobs/{job.Id}{(announced is null ? "" : "/upload")}";
        return Results.Json(views.View(job), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Takes the body of the request, or what was fetched in its place.</summary>
    private static async Task<JobRecord> ReceiveAsync(JobRecord job, JobUploads uploads, HttpResponseMessage? fetched, HttpContext context)
    {
        if (fetched is null)
            return await uploads.ReceiveAsync(job, context.Request.Body, context.RequestAborted);
        try
        {
            await using var body = await fetched.Content.ReadAsStreamAsync(context.RequestAborted);
            return await uploads.ReceiveAsync(job, body, context.RequestAborted);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw JobFetch.BrokeOff();
        }
    }

    /// <summary>The length of an upload that comes in pieces; null where it is the body.</summary>
    private static long? Announced(HttpRequest request)
    {
        if (request.Headers["Upload-Length"].ToString() is not { Length: > 0 } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0
            ? length
            : throw RequestBody.Invalid("Upload-Length", "must be the number of bytes that will come");
    }

    private static void AllowBody(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = bytes;
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, JobViews views, JobBoard board, JobWorkers workers, JobFiles files, AuditLog audit)
    {
        var job = views.Require(context.RequireGrant(), id);
        try
        {
            audit.Write("job-deleted", job.Id, By(context));
            board.Remove(job.Id);
        }
        finally
        {
            // Whatever the database says, nothing of the film stays.
            await workers.StopAsync(job.Id);
            files.Delete(job.Id);
        }

        return Results.NoContent();
    }

    private static IResult UploadState(string id, HttpContext context, JobViews views, JobFiles files)
    {
        var job = views.Require(context.RequireGrant(), id);
        var headers = context.Response.Headers;
        headers["Tus-Resumable"] = "1.0.0";
        headers["Upload-Offset"] = (job.State == JobState.Uploading ? files.Of(job.Id).SourceBytes : job.Bytes).ToString(CultureInfo.InvariantCulture);
        headers["Upload-Length"] = job.Bytes.ToString(CultureInfo.InvariantCulture);
        headers.CacheControl = "no-store";
        return Results.Ok();
    }

    private static async Task<IResult> AddAsync(string id, HttpContext context, JobViews views, JobUploads uploads)
    {
        var job = views.Require(context.RequireGrant(), id);
        AllowBody(context, uploads.MaximumBytes);
        context.Response.Headers["Tus-Resumable"] = "1.0.0";
        context.Response.Headers["Upload-Offset"] = (await uploads.AddAsync(job, context)).ToString(CultureInfo.InvariantCulture);
        return Results.NoContent();
    }

    private static async Task<Job> PauseAsync(string id, HttpContext context, JobViews views, JobBoard board, JobWorkers workers, JobUploads uploads)
    {
        var paused = Moved(
            id, context, views, board, job => job.State is JobState.Queued or JobState.Running ? job with { State = JobState.Paused, Expires = uploads.Expiry() } : null);
        await workers.StopAsync(id);
        return paused;
    }

    private static (string Name, string Key) By(HttpContext context) => (context.RequireGrant().Name, JobViews.Name(context.RequireGrant()));

    private static IResult Render(string id, HttpContext context, JobViews views, JobBoard board, AuditLog audit, bool? allowFinds)
    {
        var grant = context.RequireGrant();
        var by = grant.Name;
        // What a look is still sure of is handed out by who may see it as it is.
        if (allowFinds == true && (grant.IsLink || !grant.May(Roles.Review)))
            throw new ProblemException(Problem.NotAllowed, "To hand out what could not be cleared needs the role 'review', and is for no link.");
        var job = views.Require(grant, id);
        if (job.IsOver)
            audit.Write("job-signed-off", job.Id, By(context), ("edits", job.Edits), ("allowFinds", allowFinds == true));
        return Results.Json(
            Moved(id, context, views, board, job => job.IsOver
                ? job with { State = JobState.Queued, Renders = true, AllowsFinds = allowFinds == true, Generation = job.Generation + 1, SignedOff = by, Attempts = 0, Problem = null, Expires = null }
                : null),
            ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static Job Moved(string id, HttpContext context, JobViews views, JobBoard board, Func<JobRecord, JobRecord?> move)
    {
        var job = views.Require(context.RequireGrant(), id);
        return views.View(board.Change(id, move) ?? throw WrongState(board.Find(id) ?? job));
    }

    private static IResult Result(string id, HttpContext context, JobViews views, JobFiles files)
    {
        var job = views.Require(context.RequireGrant(), id);
        if (job is not { State: JobState.Done, Result: { } result })
            throw WrongState(job);
        context.Response.Headers.CacheControl = "no-store";
        var folder = files.Of(job.Id);
        return Results.Stream(
            folder.Vault.OpenRead(folder.In(result.File)), result.Type, $"{Path.GetFileNameWithoutExtension(job.Name)}.redacted{Path.GetExtension(result.File)}",
            enableRangeProcessing: true);
    }
}
