using System.Globalization;
using LiveFace.Access;
using LiveFace.Features.Files;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Frames;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Restoration;
using LiveFace.Stickers;
using LiveFace.Storage;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Watermarks;

/// <summary>A picture in, the same picture without its mark out. It is for marks on one's own pictures, and each request is in the audit log.</summary>
internal sealed class RemoveEndpoint(
    IOptions<WatermarkOptions> options, RemovalModel model, RemovalWatch watch, AuditLog audit, PictureRequests requests,
    ModelCatalogue catalogue, Detectors detectors, StickerShelf stickers, DecoderSandbox sandbox)
{
    /// <summary>The largest picture that is given back as JSON, with its mask and twice.</summary>
    public const int MostPixelsAsJson = 13_000_000;

    private const string Json = "application/json";

    public async Task<IResult> RunAsync(HttpContext context)
    {
        if (!options.Value.Removal)
            throw new ProblemException(Problem.NotAllowed, "The operator of this server switched off that watermarks are taken off (Watermark:Removal).");
        var grant = context.RequireGrant();
        var asJson = context.Request.GetTypedHeaders().Accept.Any(one => one.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase));
        var policy = requests.Raise(new RedactionPolicy { NothingHidden = true });
        var (came, done) = await requests.RunAsync<(byte[] File, UnmarkedPicture Picture)>(context, async cancel =>
        {
            var remover = await model.GetAsync(cancel);
            var models = await FileModel.AllForAsync([.. PolicySnapshot.Create(1, policy).Models], catalogue, detectors, progress: null, cancel);
            audit.Write("watermark-removal", "-", (grant.Name, grant.Credential ?? grant.Owner));
            return (file, stop) =>
            {
                var made = Make(file, stop);
                return (Before(file, stop), made);
            };

            UnmarkedPicture Make(byte[] file, CancellationToken stop) => UnmarkedPicture.Make(
                file, remover, policy, settings => PictureRedaction.Redact(file, policy, models, settings, stop), Settings() with { Before = Bound });

            void Bound(VideoFrame frame, CancellationToken stop)
            {
                if (asJson && (long)frame.Width * frame.Height > MostPixelsAsJson)
                    throw new ProblemException(Problem.TooLarge, $"As JSON a picture has at most {MostPixelsAsJson} pixels; ask for the picture alone.");
            }

            // What the floor hides, is hidden in the picture as it came as well.
            byte[] Before(byte[] file, CancellationToken stop) =>
                asJson && requests.Floor is not null ? PictureRedaction.Redact(file, policy, models, Settings(), stop).File : file;
        });
        watch.Add(done.Look);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["LiveFace-Mask"] = done.Look.Share.ToString("0.#####", CultureInfo.InvariantCulture);
        return asJson ? Results.Json(Describe(came, done), ApiJson.Options) : Results.Bytes(done.File, PictureRequests.Types[done.Format]);
    }

    private PictureOptions Settings() =>
        new() { Limits = PictureRequests.Limits, Sandbox = sandbox, Floor = requests.Floor, Stickers = stickers.Picture };

    private static WatermarkRemoval Describe(byte[] came, UnmarkedPicture done) => new(
        done.Look.Width, done.Look.Height, !done.Look.IsEmpty, done.Look.Share, done.Look.IsEmpty ? null : done.Look.Measures.Confidence, PictureRequests.Types[done.Format],
        Convert.ToBase64String(came), Convert.ToBase64String(done.File), Convert.ToBase64String(done.MaskFile()));
}
