using LiveFace.Access;
using LiveFace.Features.Files.Detections;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Sandbox;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Files;

/// <summary>A picture in, the box of its main object out.</summary>
internal static class CropEndpoint
{
    /// <summary>What is looked for, in this order.</summary>
    public static readonly string[] Models = ["faces", "objects"];

    public static void MapCrop(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/crop", CropAsync).Takes("image/*").Produces<PictureCrop>().Needs(Roles.Publish).Counts(Quota.Uploads);

    private static async Task<IResult> CropAsync(
        HttpContext context, ModelCatalogue catalogue, Detectors detectors, PictureRequests requests, DecoderSandbox sandbox)
    {
        var found = await requests.RunAsync<PictureFrame>(context, async cancel =>
        {
            var models = await FileModel.AllForAsync(Models, catalogue, detectors, progress: null, cancel);
            return (file, stop) => PictureFraming.Find(file, models, PictureRequests.Limits, sandbox, stop);
        });
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(PictureCrop.Of(found), ApiJson.Options);
    }
}
