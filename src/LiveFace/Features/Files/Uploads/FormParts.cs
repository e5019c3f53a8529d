using LiveFace.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LiveFace.Features.Files.Uploads;

/// <summary>A part that a form may have, once or several times.</summary>
internal sealed record FormPart(string Name, int MaximumBytes, Action<string?>? CheckType = null, int Most = 1);

/// <summary>The parts of a form, multipart/form-data, in any order. They lie on disk while they come, as every upload does.</summary>
internal sealed class FormParts : IDisposable
{
    public const string MediaType = "multipart/form-data";
    private const int LongestBoundary = 70;
    private const int RoomForHeaders = 8 << 10;

    private readonly List<(string Name, Upload Upload)> _parts = [];

    /// <summary>What came under a name; null when nothing did.</summary>
    public Upload? this[string name] => All(name).FirstOrDefault();

    /// <summary>All that came under a name, in order.</summary>
    public IEnumerable<Upload> All(string name) => _parts.Where(part => part.Name == name).Select(part => part.Upload);

    public static bool Is(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ProblemException">A part is unknown, doubled, too large, of another type or too slow.</exception>
    public static async Task<FormParts> ReceiveAsync(HttpContext context, UploadReceiver uploads, params FormPart[] known)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = known.Sum(part => (long)part.MaximumBytes * part.Most) + RoomForHeaders;
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
        foreach (var (_, upload) in _parts)
            upload.Dispose();
    }

    private async Task TakeAsync(MultipartSection section, UploadReceiver uploads, FormPart[] known, CancellationToken cancel)
    {
        var name = section.GetContentDispositionHeader() is { } header ? HeaderUtilities.RemoveQuotes(header.Name).Value : null;
        if (Array.Find(known, one => one.Name == name) is not { } part || All(part.Name).Count() >= part.Most)
            throw RequestBody.Invalid(
                "form", $"takes {string.Join(" and ", known.Select(one => one.Most == 1 ? $"one part '{one.Name}'" : $"up to {one.Most} parts '{one.Name}'"))}, and no other or further '{name}'");
        part.CheckType?.Invoke(section.ContentType);
        var upload = uploads.Begin();
        _parts.Add((part.Name, upload));
        await uploads.FillAsync(upload, section.Body, part.MaximumBytes, cancel);
    }

    private static string BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary.Value!
            : throw new ProblemException(Problem.RequestInvalid, $"{MediaType} has to name a boundary of at most {LongestBoundary} characters.");
}
