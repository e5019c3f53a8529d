using LiveFace.Access;
using LiveFace.Features.Files.Uploads;
using LiveFace.Films;
using LiveFace.Http;
using LiveFace.Media.Images;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Models;
using Microsoft.AspNetCore.Http.Features;

namespace LiveFace.Features.Files;

/// <summary>
/// What requests that bring one picture have in common: its limits, its policy, and the problems that it may have. The work
/// runs on a thread of its own below the live rooms', one picture at a time, so that no room's picture is late for it; until
/// its turn, a picture lies on disk.
/// </summary>
internal sealed class PictureRequests(RequestedPolicy requested, UploadReceiver uploads, PictureQueue queue)
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

    /// <summary>Receives the picture, and works on it when its turn comes.</summary>
    /// <exception cref="ProblemException">The picture is refused, or the server has no room or no model for it.</exception>
    public async Task<T> RunAsync<T>(HttpContext context, Func<CancellationToken, Task<Func<byte[], CancellationToken, T>>> prepare)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaximumBytes;
        var type = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        if (!Types.Values.Contains(type))
            throw new ProblemException(Problem.MediaTypeUnsupported, $"Send a picture as {string.Join(", ", Types.Values)}.");
        using var upload = await uploads.ReceiveAsync(context, MaximumBytes);
        try
        {
            var work = await prepare(context.RequestAborted);
            return await queue.RunAsync(cancel => work(upload.ReadAll(), cancel), context.RequestAborted);
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
}
