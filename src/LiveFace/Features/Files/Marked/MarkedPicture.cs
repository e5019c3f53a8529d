using LiveFace.Features.Files.Uploads;
using LiveFace.Http;
using LiveFace.Rooms;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LiveFace.Features.Files.Marked;

/// <summary>
/// A picture that came with an order about it, as multipart/form-data: the part <c>picture</c>, and before or behind it the part
/// <c>redaction</c>. Both lie on disk while they come, as every upload does.
/// </summary>
internal sealed record MarkedPicture(Upload Picture, RedactionOrder Order) : IDisposable
{
    public const string MediaType = "multipart/form-data";
    private const int LongestBoundary = 70;
    private const int RoomForHeaders = 8 << 10;

    public static bool Is(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ProblemException">A part is missing, unknown, doubled, too large or too slow.</exception>
    public static async Task<MarkedPicture> ReceiveAsync(
        HttpContext context, UploadReceiver uploads, PolicyNames names, int maximumBytes, Action<string?> checkType)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = maximumBytes + RedactionOrder.MaximumBytes + RoomForHeaders;
        Upload? picture = null, order = null;
        try
        {
            var reader = new MultipartReader(BoundaryOf(context.Request), context.Request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 2048 };
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                var name = section.GetContentDispositionHeader() is { } header ? HeaderUtilities.RemoveQuotes(header.Name).Value : null;
                if (name == "picture" && picture is null)
                {
                    checkType(section.ContentType);
                    await uploads.FillAsync(picture = uploads.Begin(), section.Body, maximumBytes, context.RequestAborted);
                }
                else if (name == "redaction" && order is null)
                    await uploads.FillAsync(order = uploads.Begin(), section.Body, RedactionOrder.MaximumBytes, context.RequestAborted);
                else
                    throw RequestBody.Invalid("form", $"takes one part 'picture' and one 'redaction', and no '{name}'");
            }

            if (picture is null)
                throw RequestBody.Invalid("picture", "must be a part of the form");
            return new MarkedPicture(picture, order is null ? RedactionOrder.Nothing : RedactionOrder.Read(order.ReadAll(), names));
        }
        catch (Exception refused)
        {
            picture?.Dispose();
            if (refused is InvalidDataException or IOException and not BadHttpRequestException)
                throw new ProblemException(Problem.RequestInvalid, "The form's parts cannot be told apart.");
            throw;
        }
        finally
        {
            order?.Dispose();
        }
    }

    public void Dispose() => Picture.Dispose();

    private static string BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary.Value!
            : throw new ProblemException(Problem.RequestInvalid, $"{MediaType} has to name a boundary of at most {LongestBoundary} characters.");
}
