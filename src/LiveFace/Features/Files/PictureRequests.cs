using LiveFace.Access;
using LiveFace.Features.Files.Marked;
using LiveFace.Features.Files.Uploads;
using LiveFace.Films;
using LiveFace.Http;
using LiveFace.Media.Images;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Vision.Models;
using Microsoft.AspNetCore.Http.Features;

namespace LiveFace.Features.Files;

/// <summary>
/// What requests that bring one picture have in common: its limits, its policy, and the problems that it may have. The work
/// runs on a thread of its own below the live rooms', one picture at a time, so that no room's picture is late for it; until
/// its turn, a picture lies on disk.
/// </summary>
internal sealed class PictureRequests(RequestedPolicy requested, UploadReceiver uploads, PictureQueue queue, PolicyNames names)
{
    private const int MaximumBytes = 20 << 20;
    private const int MaximumPixels = 24_000_000;

    /// <summary>The media types that are taken.</summary>
    public static readonly IReadOnlyDictionary<ImageFormat, string> Types = new Dictionary<ImageFormat, string>
    {
        [ImageFormat.Jpeg] = "image/jpeg", [ImageFormat.Png] = "image/png", [ImageFormat.WebP] = "image/webp",
    };

    /// <summary>What a picture may be at most.</summary>
    public static ImageLimits Limits { get; } = new(MaximumBytes, MaximumPixels);

    /// <summary>The policy of a preset, of a room that the caller may publish to, or as JSON; raised to the server's floor.</summary>
    /// <exception cref="ProblemException">There is none, or the key does not open the room.</exception>
    public RedactionPolicy PolicyFor(HttpContext context, string? preset, string? room, string? policy = null) =>
        requested.Read(context.RequireGrant(), preset, room, policy);

    /// <summary>The same for a picture with an order.</summary>
    public RedactionPolicy PolicyFor(HttpContext context, RedactionOrder order, string? preset, string? room, string? policy) =>
        requested.Read(context.RequireGrant(), order, preset, room, policy);

    /// <summary>A policy of the server's own, raised to its floor.</summary>
    public RedactionPolicy Raise(RedactionPolicy policy) => requested.Read(policy);

    /// <summary>What no order undercuts.</summary>
    public RedactionPolicy? Floor => requested.Floor;

    /// <summary>Receives the picture, and works on it when its turn comes.</summary>
    /// <exception cref="ProblemException">The picture is refused, or the server has no room or no model for it.</exception>
    public async Task<T> RunAsync<T>(HttpContext context, Func<CancellationToken, Task<Func<byte[], CancellationToken, T>>> prepare)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaximumBytes;
        CheckType(context.Request.ContentType);
        using var upload = await uploads.ReceiveAsync(context, MaximumBytes);
        return await RunAsync(upload, prepare, context.RequestAborted);
    }

    /// <summary>Receives a picture with an order about it, as a form.</summary>
    /// <exception cref="ProblemException">The form, the picture's type or the order is refused.</exception>
    public Task<MarkedPicture> ReceiveMarkedAsync(HttpContext context) =>
        MarkedPicture.ReceiveAsync(context, uploads, names, MaximumBytes, CheckType);

    /// <summary>Receives the part <c>picture</c> of a form, and what else the form may have.</summary>
    /// <exception cref="ProblemException">The form or the picture's type is refused.</exception>
    public Task<FormParts> ReceiveAsync(HttpContext context, params FormPart[] more) =>
        FormParts.ReceiveAsync(context, uploads, [new FormPart("picture", MaximumBytes, CheckType), .. more]);

    /// <summary>Receives up to so many parts <c>picture</c> of a form, each so large at most, and what else the form may have.</summary>
    /// <exception cref="ProblemException">The form or a picture's type is refused.</exception>
    public Task<FormParts> ReceiveSeveralAsync(HttpContext context, int most, int maximumBytes, params FormPart[] more) =>
        FormParts.ReceiveAsync(context, uploads, [new FormPart("picture", maximumBytes, CheckType, most), .. more]);

    /// <summary>Works on a picture that was received when its turn comes.</summary>
    /// <exception cref="ProblemException">The picture is refused, or the server has no room or no model for it.</exception>
    public async Task<T> RunAsync<T>(Upload upload, Func<CancellationToken, Task<Func<byte[], CancellationToken, T>>> prepare, CancellationToken aborted)
    {
        try
        {
            var work = await prepare(aborted);
            return await queue.RunAsync(cancel => work(upload.ReadAll(), cancel), aborted);
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

    private static void CheckType(string? contentType)
    {
        if (!Types.Values.Contains(contentType?.Split(';')[0].Trim() ?? ""))
            throw new ProblemException(Problem.MediaTypeUnsupported, $"Send a picture as {string.Join(", ", Types.Values)}.");
    }
}
