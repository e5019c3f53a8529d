using LiveFace.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LiveFace.Features.Files.Uploads;

/// <summary>A part that a form may have once.</summary>
internal sealed record FormPart(string Name, int MaximumBytes, Action<string?>? CheckType = null);

/// <summary>The parts of a form, multipart/form-data, in any order. They lie on disk while they come, as every upload does.</summary>
internal sealed class FormParts : IDisposable
{
    public const string MediaType = "multipart/form-data";
    private const int LongestBoundary = 70;
    private const int RoomForHeaders = 8 << 10;

    private readonly Dictionary<string, Upload> _parts = new(StringComparer.Ordinal);

    /// <summary>What came under a name; null when nothing did.</summary>
    public Upload? this[string name] => _parts.GetValueOrDefault(name);

    public static bool Is(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ProblemException">A part is unknown, doubled, too large, of another type or too slow.</exception>
    public static async Task<FormParts> ReceiveAsync(HttpContext context, UploadReceiver uploads, params FormPart[] known)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = known.Sum(part => (long)part.MaximumBytes) + RoomForHeaders;
        var parts = new FormParts();
        try
        {
            var reader = new MultipartReader(BoundaryOf(context.Request), context.Request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 2048 };
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
                await parts.TakeAsync(section, uploads, known, context.RequestAborted);
            return parts;
        }
        catch (Exception refused)
        {
            parts.Dispose();
            if (refused is InvalidDataException or IOException and not BadHttpRequestException)
                throw new ProblemException(Problem.RequestInvalid, "The form's parts cannot be told apart.");
            throw;
        }
    }

    /// <exception cref="ProblemException">It did not come.</exception>
    public Upload Require(string name) => this[name] ?? throw RequestBody.Invalid(name, "must be a part of the form");

    public void Dispose()
    {
        foreach (var part in _parts.Values)
            part.Dispose();
    }

    private async Task TakeAsync(MultipartSection section, UploadReceiver uploads, FormPart[] known, CancellationToken cancel)
    {
        var name = section.GetContentDispositionHeader() is { } header ? HeaderUtilities.RemoveQuotes(header.Name).Value : null;
        if (Array.Find(known, one => one.Name == name) is not { } part || _parts.ContainsKey(part.Name))
            throw RequestBody.Invalid("form", $"takes one part {string.Join(" and one ", known.Select(one => $"'{one.Name}'"))}, and no '{name}'");
        part.CheckType?.Invoke(section.ContentType);
        var upload = _parts[part.Name] = uploads.Begin();
        await uploads.FillAsync(upload, section.Body, part.MaximumBytes, cancel);
    }

    private static string BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary.Value!
            : throw new ProblemException(Problem.RequestInvalid, $"{MediaType} has to name a boundary of at most {LongestBoundary} characters.");
}
