using LiveFace.Access;
using LiveFace.Features.Files.Uploads;
using LiveFace.Films;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Stickers;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using Microsoft.AspNetCore.Http.Features;

namespace LiveFace.Features.Files;

/// <summary>
/// A picture in, the same picture safe to show out. The work runs on a thread of its own below the live rooms', one
/// picture at a time, so that no room's picture is late for it; until its turn, a picture lies on disk.
/// </summary>
internal static class RedactEndpoint
{
    private const int MaximumBytes = 20 << 20;
    private const int MaximumPixels = 24_000_000;

    private static readonly Dictionary<ImageFormat, string> Types = new()
    {
        [ImageFormat.Jpeg] = "image/jpeg", [ImageFormat.Png] = "image/png", [ImageFormat.WebP] = "image/webp",
    };

    public static void MapRedact(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/redact", RedactAsync).Takes("image/*").Needs(Roles.Publish).Counts(Quota.Uploads);

    private static async Task<IResult> RedactAsync(
        HttpContext context, ModelCatalogue catalogue, Detectors detectors, StickerShelf stickers, IRoomDirectory rooms, RoomPolicies policies, PictureQueue queue,
        UploadReceiver uploads, DecoderSandbox sandbox, string? preset, string? room)
    {
        var policy = PolicyFloor.Raise(PolicyFor(context, rooms, preset, room), policies.Floor);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaximumBytes;
        var type = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        if (!Types.ContainsValue(type))
            throw new ProblemException(Problem.MediaTypeUnsupported, $"Send a picture as {string.Join(", ", Types.Values)}.");
        using var upload = await uploads.ReceiveAsync(context, MaximumBytes);
        try
        {
            var models = await FileModel.AllForAsync(
                [.. PolicySnapshot.Create(1, policy).Models], catalogue, detectors, progress: null, context.RequestAborted);
            var done = await queue.RunAsync(
                cancel => PictureRedaction.Redact(upload.ReadAll(), policy, models, format: null, new ImageLimits(MaximumBytes, MaximumPixels), stickers.Picture, sandbox, cancel),
                context.RequestAborted);
            context.Response.Headers["LiveFace-Found"] = $"{done.Found}";
            context.Response.Headers.CacheControl = "no-store";
            return Results.Bytes(done.File, Types[done.Format]);
        }
        catch (ImageException refused)
        {
            throw new ProblemException(Problem.RequestInvalid, refused.Message);
        }
        catch (Exception missing) when (missing is ModelException or ModelRefusedException or FileRedactionException)
        {
            throw new ProblemException(Problem.TooBusy, missing.Message);
        }
    }

    private static RedactionPolicy PolicyFor(HttpContext context, IRoomDirectory rooms, string? preset, string? room)
    {
        if (room is not null)
        {
            if (!RoomName.IsValid(room))
                throw new ProblemException(Problem.RoomNameInvalid, $"A room's name is {RoomName.Accepted}.");
            if (!context.RequireGrant().May(Roles.Publish, room))
                throw new ProblemException(Problem.NotAllowed, "The key does not open this room.");
            return rooms.PolicyOf(room);
        }

        return PolicyPresets.Find(preset ?? PolicyPresets.BlurFaces.Preset!)
            ?? throw new ProblemException(Problem.RequestInvalid, $"preset must be one of {string.Join(", ", PolicyPresets.All.Select(p => p.Preset))}.");
    }
}
