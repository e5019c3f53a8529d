using LiveFace.Access;
using LiveFace.Features.Jobs.Review;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Films;
using LiveFace.Films.Review;
using LiveFace.Films.Stills;
using LiveFace.Http;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Images;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Storage;
using LiveFace.Vision.Detection;

namespace LiveFace.Features.Jobs;

/// <summary>
/// Single pictures of a job's film. As they would be written they are for whoever may see the job. As they are, they are for keys
/// with the role review alone, never for a link, and no look at one is answered before it is in the audit log.
/// </summary>
internal static class JobPictureEndpoints
{
    private const int Narrowest = 64, Widest = 3840;
    private const int ThumbnailWidth = 160;

    /// <summary>Part of a face's box that a thumbnail shows round it on each side.</summary>
    private const float Around = 0.4f;

    public static void MapJobPictures(this IEndpointRouteBuilder routes)
    {
        var job = routes.OfOneJob();
        job.MapGet("/api/jobs/{id}/preview/{picture}", PreviewAsync).Needs(Roles.Publish);
        job.MapGet("/api/jobs/{id}/pictures/{picture}", RawAsync).Needs(Roles.Publish | Roles.Review);
        job.MapGet("/api/jobs/{id}/tracks/{track}/thumbnail", ThumbnailAsync).Needs(Roles.Publish | Roles.Review);
    }

    private static async Task<IResult> PreviewAsync(
        string id, int picture, int? width, HttpContext context, JobViews views, JobReviews reviews, RoomPolicies policies, JobStills stills)
    {
        var job = views.Require(context.RequireGrant(), id);
        var review = await reviews.OpenAsync(job, context.RequestAborted);
        var policy = PolicyFloor.Raise(JobViews.PolicyOf(job), policies.Floor);
        RequireFloor(review, policies.Floor);
        return await AnswerAsync(context, review, picture, cancel =>
            stills.ReadAsync(review, picture, policy, review.Tracks, null, Checked(width), cancel));
    }

    /// <summary>A floor may be younger than the edits: what could not be written is not shown either.</summary>
    private static void RequireFloor(OpenReview review, RedactionPolicy? floor)
    {
        try
        {
            EditFloor.Check(review.Log, review.Index.Head, floor);
        }
        catch (FileRedactionException refused)
        {
            throw new ProblemException(Problem.EditInvalid, refused.Message);
        }
    }

    private static async Task<IResult> RawAsync(
        string id, int picture, int? width, HttpContext context, JobViews views, JobReviews reviews, JobStills stills, AuditLog audit)
    {
        var job = RequireRaw(context, views, id);
        var review = await reviews.OpenAsync(job, context.RequestAborted);
        return await AnswerAsync(context, review, picture, cancel =>
        {
            Log(audit, context, job, ("picture", picture));
            return stills.ReadAsync(review, picture, FilmStills.AsTheyAre, ReviewedTracks.Of([]), null, Checked(width), cancel);
        });
    }

    private static async Task<IResult> ThumbnailAsync(
        string id, int track, HttpContext context, JobViews views, JobReviews reviews, JobStills stills, AuditLog audit)
    {
        var job = RequireRaw(context, views, id);
        var review = await reviews.OpenAsync(job, context.RequestAborted);
        var pieces = review.Tracks.Tracks.Where(one => one.Id == track && one.Boxes.Length > 0).ToList();
        if (pieces.Count == 0)
            throw new ProblemException(Problem.NotFound, $"There is no track {track}.");
        var (picture, box) = Best(pieces);
        return await AnswerAsync(context, review, picture, cancel =>
        {
            Log(audit, context, job, ("track", track));
            return stills.ReadAsync(review, picture, FilmStills.AsTheyAre, ReviewedTracks.Of([]), box.Grow(Around), ThumbnailWidth, cancel);
        });
    }

    /// <summary>Where a look found it at its largest; else in its middle.</summary>
    private static (int Picture, BoxF Box) Best(List<Films.Boxes.BoxTrack> pieces)
    {
        var middle = pieces[0];
        var best = ((middle.First + middle.Last) / 2, middle[(middle.First + middle.Last) / 2].Box);
        var largest = 0f;
        foreach (var piece in pieces)
            for (var at = piece.First; at <= piece.Last; at++)
                if (piece[at] is { Origin: Films.Boxes.BoxOrigin.Seen or Films.Boxes.BoxOrigin.Hand } seen && seen.Box.Width * seen.Box.Height > largest)
                    (largest, best) = (seen.Box.Width * seen.Box.Height, (at, seen.Box));
        return best;
    }

    private static JobRecord RequireRaw(HttpContext context, JobViews views, string id)
    {
        var grant = context.RequireGrant();
        return grant.IsLink ? throw new ProblemException(Problem.NotAllowed, "Pictures as they are, are for no link.") : views.Require(grant, id);
    }

    private static void Log(AuditLog audit, HttpContext context, JobRecord job, (string Name, int Value) at)
    {
        var grant = context.RequireGrant();
        audit.Write("raw-picture-seen", job.Id, (grant.Name, JobViews.Name(grant)), (at.Name, at.Value));
    }

    private static int? Checked(int? width) => width is null or (>= Narrowest and <= Widest)
        ? width
        : throw RequestBody.Invalid("width", $"must be {Narrowest} to {Widest}");

    private static async Task<IResult> AnswerAsync(HttpContext context, OpenReview review, int picture, Func<CancellationToken, Task<byte[]>> read)
    {
        if (picture < 0 || picture >= review.Index.Count)
            throw new ProblemException(Problem.NotFound, $"The film has {review.Index.Count} pictures, from 0 on.");
        try
        {
            var jpeg = await read(context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            return Results.Bytes(jpeg, "image/jpeg");
        }
        catch (Exception failed) when (failed is FileRedactionException or FfmpegException or ImageException)
        {
            throw new ProblemException(Problem.TooBusy, "The picture could not be read.");
        }
    }
}
