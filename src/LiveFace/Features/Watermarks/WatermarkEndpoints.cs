using LiveFace.Access;
using LiveFace.Features.Files;
using LiveFace.Features.Files.Uploads;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Stickers;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Watermarks;

/// <summary>
/// A picture in, the same picture with a mark out. The mark is a policy's: what leaves has passed the redactor, and what the
/// server's floor hides is hidden here, too.
/// </summary>
internal static class WatermarkEndpoints
{
    /// <summary>What a mark that is sent along may be at most.</summary>
    public static ImageLimits MarkLimits { get; } = new(2 << 20, 2048 * 2048);

    public static void MapWatermarks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/watermark", AddAsync).Takes<WatermarkForm>(FormParts.MediaType).Needs(Roles.Publish).Counts(Quota.Uploads);
        routes.MapPost("/api/watermark/remove", (HttpContext context, RemoveEndpoint remove) => remove.RunAsync(context))
            .Takes("image/*").Produces<WatermarkRemoval>().Needs(Roles.Publish).Counts(Quota.Uploads);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, ModelCatalogue catalogue, Detectors detectors, StickerShelf stickers, PolicyNames names, PictureRequests requests, DecoderSandbox sandbox)
    {
        if (!FormParts.Is(context.Request))
            throw new ProblemException(Problem.MediaTypeUnsupported, $"Send a form, {FormParts.MediaType}, with the part 'picture'.");
        using var form = await requests.ReceiveAsync(
            context, new FormPart("mark", MarkLimits.MaximumBytes), new FormPart("watermark", WatermarkOrder.MaximumBytes));
        var picture = form.Require("picture");
        var policy = requests.Raise(WatermarkOrder.Read(form["watermark"]?.ReadAll() ?? [], form["mark"] is not null, names));
        var done = await requests.RunAsync<RedactedPicture>(
            picture,
            async cancel =>
            {
                var models = await FileModel.AllForAsync([.. PolicySnapshot.Create(1, policy).Models], catalogue, detectors, progress: null, cancel);
                return (file, stop) =>
                {
                    var mark = form["mark"] is { } sent ? ReadMark(sent.ReadAll(), sandbox) : null;
                    return PictureRedaction.Redact(file, policy, models, new PictureOptions
                    {
                        Limits = PictureRequests.Limits, Sandbox = sandbox, Floor = requests.Floor,
                        Stickers = name => name == WatermarkOrder.SentMark ? mark : stickers.Picture(name),
                    }, stop);
                };
            },
            context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(done.File, PictureRequests.Types[done.Format]);
    }

    private static OverlayPicture ReadMark(byte[] file, DecoderSandbox sandbox)
    {
        try
        {
            return new OverlayPicture(sandbox.ReadRgba(file, out _, MarkLimits));
        }
        catch (ImageException refused)
        {
            throw RequestBody.Invalid("mark", $"must be a picture: {refused.Message.TrimEnd('.')}");
        }
    }
}
