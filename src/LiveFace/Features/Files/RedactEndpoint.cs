using LiveFace.Access;
using LiveFace.Features.Files.Marked;
using LiveFace.Features.Files.Uploads;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Policy;
using LiveFace.Stickers;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Files;

/// <summary>A picture in, the same picture safe to show out. As a form, it comes with a policy and with what a person marked.</summary>
internal static class RedactEndpoint
{
    public static void MapRedact(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/redact", RedactAsync).Takes("image/*")
            .Takes<RedactionForm>(FormParts.MediaType, typeof(PictureMarks), typeof(HideMark), typeof(KeepMark))
            .Needs(Roles.Publish).Counts(Quota.Uploads);

    private static async Task<IResult> RedactAsync(
        HttpContext context, ModelCatalogue catalogue, Detectors detectors, StickerShelf stickers, PictureRequests requests, DecoderSandbox sandbox,
        string? preset, string? room, string? policy)
    {
        RedactedPicture done;
        if (FormParts.Is(context.Request))
        {
            using var marked = await requests.ReceiveMarkedAsync(context);
            var hidden = requests.PolicyFor(context, marked.Order, preset, room, policy);
            done = await requests.RunAsync(marked.Picture, cancel => PrepareAsync(hidden, marked.Order.Marks ?? PictureMarks.None, cancel), context.RequestAborted);
        }
        else
        {
            var hidden = requests.PolicyFor(context, preset, room, policy);
            done = await requests.RunAsync(context, cancel => PrepareAsync(hidden, PictureMarks.None, cancel));
        }

        context.Response.Headers["LiveFace-Found"] = $"{done.Found}";
        context.Response.Headers["LiveFace-Kept"] = $"{done.Kept}";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(done.File, PictureRequests.Types[done.Format]);

        async Task<Func<byte[], CancellationToken, RedactedPicture>> PrepareAsync(RedactionPolicy hidden, PictureMarks marks, CancellationToken cancel)
        {
            var models = await FileModel.AllForAsync([.. PolicySnapshot.Create(1, hidden).Models], catalogue, detectors, progress: null, cancel);
            var options = new PictureOptions
            {
                Limits = PictureRequests.Limits, Stickers = stickers.Picture, Sandbox = sandbox, Marks = marks, Floor = requests.Floor,
                Readers = await PolicyReaders.OpenAsync(hidden, detectors, cancel),
            };
            return (file, stop) => PictureRedaction.Redact(file, hidden, models, options, stop);
        }
    }
}
