using LiveFace.Access;
using LiveFace.Features.Files.Detections;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Files;

/// <summary>
/// A picture in, what is in it out; nothing by which people could be told apart. The sessions of the models are those of the
/// rooms.
/// </summary>
internal static class DetectEndpoint
{
    public static void MapDetect(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/detect", DetectAsync).Takes("image/*").Produces<PictureDetections>().Needs(Roles.Publish).Counts(Quota.Uploads);

    private static async Task<IResult> DetectAsync(
        HttpContext context, ModelCatalogue catalogue, Detectors detectors, PictureRequests requests, DecoderSandbox sandbox,
        string? models, string? preset, string? room, string? policy, string? look, string? attributes, string? format)
    {
        var hidden = requests.PolicyFor(context, preset, room, policy);
        if (!AskedModels.TryRead(models, hidden, catalogue, out var asked, out var problem))
            throw RequestBody.Invalid("models", problem);
        if (!AskedTraits.TryRead(attributes, out var traits, out problem))
            throw RequestBody.Invalid("attributes", problem);
        var isQuick = OneOf("look", look, PictureDetections.Thorough, PictureDetections.Quick);
        var isCoco = OneOf("format", format, "json", "coco");
        var finds = await requests.RunAsync<PictureFinds>(context, async cancel =>
        {
            var looks = await FileModel.AllForAsync([.. asked.Names], catalogue, detectors, progress: null, cancel);
            // What the policy alone goes by may be missing: nobody is shown for it then.
            var readers = traits == FaceTraits.None
                ? await PolicyReaders.OpenAsync(asked.Policy, detectors, cancel)
                : await detectors.GetReadersAsync(traits | PolicySnapshot.ReadBy(asked.Policy), progress: null, cancel);
            var told = readers is null ? null : new AskedReaders(readers, traits);
            return (file, stop) => PictureReading.Read(file, asked.Policy, looks, isQuick, PictureRequests.Limits, sandbox, told, stop);
        });
        context.Response.Headers.CacheControl = "no-store";
        return isCoco ? Results.Json(CocoPicture.Of(finds), ApiJson.Options) : Results.Json(PictureDetections.Of(finds, isQuick), ApiJson.Options);
    }

    /// <summary>Whether a value is the second of two words; nothing is the first.</summary>
    private static bool OneOf(string name, string? value, string usual, string other) =>
        value == other || (value is null || value == usual ? false : throw RequestBody.Invalid(name, $"must be {usual} or {other}, was \"{value}\""));
}
