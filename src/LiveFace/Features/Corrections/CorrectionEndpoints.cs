using System.Net;
using LiveFace.Access;
using LiveFace.Features.Corrections.State;
using LiveFace.Features.Files;
using LiveFace.Features.Files.Uploads;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Sandbox;
using LiveFace.Storage;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Corrections;

/// <summary>Corrections from those who send them: taken with their leave, withdrawn by their link. docs/reference/corrections.md has the whole.</summary>
internal static class CorrectionEndpoints
{
    private const string Path = "/api/corrections";

    public static void MapCorrections(this IEndpointRouteBuilder routes)
    {
        // Instruments exist from the start.
        routes.ServiceProvider.GetRequiredService<CorrectionMetrics>();
        routes.MapGet($"{Path}/terms", (IOptions<CorrectionsOptions> options) => new CorrectionTerms(options.Value.Enabled, options.Value.KeepDays))
            .Needs(Roles.None);
        routes.MapPost(Path, KeepAsync).Takes<CorrectionForm>(FormParts.MediaType, typeof(CorrectionOrder), typeof(CorrectionFind), typeof(CorrectionBox))
            .Produces<CorrectionReceipt>(StatusCodes.Status201Created).Needs(Roles.Publish).Counts(Quota.Uploads);
        routes.MapPost($"{Path}/withdraw", WithdrawAsync).Takes<CorrectionClaim>().Produces<CorrectionWithdrawn>().OpenToAnyone();
        routes.MapCorrectionReviews(Path);
    }

    private static async Task<IResult> KeepAsync(
        HttpContext context, PictureRequests requests, CorrectionShelf shelf, CorrectionLimits limits, AuditLog audit, DecoderSandbox sandbox,
        ServerLife life, IOptions<CorrectionsOptions> options)
    {
        if (!options.Value.Enabled)
            throw new ProblemException(Problem.NotAllowed, "This server keeps no corrections.");
        if (life.IsDraining)
            throw new ProblemException(Problem.ShuttingDown);
        if (!FormParts.Is(context.Request))
            throw new ProblemException(Problem.MediaTypeUnsupported, $"Send a form, {FormParts.MediaType}, with the parts 'picture' and 'correction'.");
        using var form = await requests.ReceiveAsync(context, new FormPart("correction", CorrectionOrder.MaximumBytes));
        var sent = form.Require("picture");
        var marks = CorrectionOrder.Read(form.Require("correction").ReadAll(), options.Value.KeepDays);
        limits.TakeSending(context.Connection.RemoteIpAddress);
        var picture = await requests.RunAsync(
            sent, _ => Task.FromResult<Func<byte[], CancellationToken, PlainPicture>>((file, _) => PlainPicture.Read(file, PictureRequests.Limits, sandbox)),
            context.RequestAborted);
        var (kept, secret) = shelf.Keep(picture, marks, one => audit.Note(one.Id, "kept", context.By(), ("bytes", one.Bytes), ("finds", one.Marks.Finds.Count),
            ("drawn", one.Marks.Drawn.Count), ("until", one.Expires.UtcDateTime.ToString("O"))));
        var request = context.Request;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new CorrectionReceipt(kept.Id, kept.Expires, $"{request.Scheme}://{request.Host}{request.PathBase}/withdraw#{secret}"),
            ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> WithdrawAsync(HttpContext context, CorrectionShelf shelf, CorrectionLimits limits, AuditLog audit)
    {
        limits.TakeClaim(context.Connection.RemoteIpAddress ?? IPAddress.None);
        var claim = await context.Request.ReadJsonAsync<CorrectionClaim>();
        var kept = shelf.FindBySecret(claim?.Secret ?? "")
            ?? throw new ProblemException(Problem.NotFound, "Nothing is kept under this link: it was withdrawn before, its time is over, or the link is not whole.");
        audit.RemoveFrom(shelf, kept.Id, "withdrawn", ("its sender", ""));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new CorrectionWithdrawn(kept.Id, kept.Created, kept.Exports), ApiJson.Options);
    }
}
