using System.Globalization;
using LiveFace.Access;
using LiveFace.Features.Files.Detections;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Frames;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Files;

/// <summary>A picture in, the box of its main object out.</summary>
internal static class CropEndpoint
{
    public static void MapCrop(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/crop", CropAsync).Takes("image/*").Produces<PictureCrop>().Needs(Roles.Publish).Counts(Quota.Uploads);

    private static async Task<IResult> CropAsync(
        HttpContext context, ModelCatalogue catalogue, Detectors detectors, PictureRequests requests, DecoderSandbox sandbox)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (WantsPicture(context.Request))
            return await CutAsync(context, catalogue, detectors, requests, sandbox);
        var found = await requests.RunAsync<PictureFrame>(context, async cancel =>
        {
            var models = await FileModel.AllForAsync(PictureFraming.Models, catalogue, detectors, progress: null, cancel);
            return (file, stop) => PictureFraming.Find(file, models, PictureRequests.Limits, sandbox, stop);
        });
        return Results.Json(PictureCrop.Of(found), ApiJson.Options);
    }

    private static bool WantsPicture(HttpRequest request) =>
        request.GetTypedHeaders().Accept is { Count: > 0 } accepts && accepts[0].MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The picture within its box: what the server's floor hides is hidden before it is cut.</summary>
    private static async Task<IResult> CutAsync(
        HttpContext context, ModelCatalogue catalogue, Detectors detectors, PictureRequests requests, DecoderSandbox sandbox)
    {
        var policy = requests.Raise(new RedactionPolicy { NothingHidden = true });
        var (found, done) = await requests.RunAsync<(PictureFrame, RedactedPicture)>(context, async cancel =>
        {
            var models = await FileModel.AllForAsync(PictureFraming.Models, catalogue, detectors, progress: null, cancel);
            var floor = await FileModel.AllForAsync([.. PolicySnapshot.Create(1, policy).Models], catalogue, detectors, progress: null, cancel);
            var readers = await PolicyReaders.OpenAsync(policy, detectors, cancel);
            return (file, stop) =>
            {
                PictureFrame? main = null;
                var cut = PictureRedaction.Redact(file, policy, floor, new PictureOptions
                {
                    Limits = PictureRequests.Limits, Sandbox = sandbox, Floor = requests.Floor, Readers = readers,
                    Part = (frame, still) =>
                    {
                        using var pool = new FramePool(0);
                        main = PictureFraming.Find(frame, models, pool, still);
                        return main.Main.Box;
                    },
                }, stop);
                return (main!, cut);
            };
        });
        var crop = PictureCrop.Of(found);
        context.Response.Headers["LiveFace-Box"] = string.Create(CultureInfo.InvariantCulture, $"{crop.Box.X},{crop.Box.Y},{crop.Box.Width},{crop.Box.Height}");
        context.Response.Headers["LiveFace-Certainty"] = crop.Certainty.ToString(CultureInfo.InvariantCulture);
        return Results.Bytes(done.File, PictureRequests.Types[done.Format]);
    }
}
