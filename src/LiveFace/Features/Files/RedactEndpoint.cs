using LiveFace.Access;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Stickers;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Files;

/// <summary>A picture in, the same picture safe to show out.</summary>
internal static class RedactEndpoint
{
    public static void MapRedact(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/redact", RedactAsync).Takes("image/*").Needs(Roles.Publish).Counts(Quota.Uploads);

    private static async Task<IResult> RedactAsync(
        HttpContext context, ModelCatalogue catalogue, Detectors detectors, StickerShelf stickers, PictureRequests requests, DecoderSandbox sandbox,
        string? preset, string? room, string? policy)
    {
        var hidden = requests.PolicyFor(context, preset, room, policy);
        var done = await requests.RunAsync<RedactedPicture>(context, async cancel =>
        {
            var models = await FileModel.AllForAsync([.. PolicySnapshot.Create(1, hidden).Models], catalogue, detectors, progress: null, cancel);
            return (file, stop) => PictureRedaction.Redact(file, hidden, models, format: null, PictureRequests.Limits, stickers.Picture, sandbox, stop);
        });
        context.Response.Headers["LiveFace-Found"] = $"{done.Found}";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(done.File, PictureRequests.Types[done.Format]);
    }
}
