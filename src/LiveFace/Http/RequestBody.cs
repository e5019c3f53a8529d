using System.Text;
using System.Text.Json;

namespace LiveFace.Http;

/// <summary>Reads small bodies of one type, and stops at the limit.</summary>
internal static class RequestBody
{
    public const int MaximumBytes = 64 * 1024;

    public static async Task<string> ReadTextAsync(this HttpRequest request, string mediaType) =>
        Encoding.UTF8.GetString(await request.ReadBytesAsync(mediaType));

    public static async Task<byte[]> ReadBytesAsync(this HttpRequest request, string mediaType, int maximum = MaximumBytes)
    {
        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        if (!(end < 0 ? type : type[..end]).Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers[HttpMethods.IsPatch(request.Method) ? "Accept-Patch" : "Accept-Post"]
                = mediaType;
            throw new ProblemException(Problem.MediaTypeUnsupported, $"Send it as '{mediaType}'.");
        }

        if (request.ContentLength > maximum)
            throw TooLarge(maximum);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var count)
        {
            if (body.Length + count > maximum)
                throw TooLarge(maximum);
            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }

    /// <summary>A JSON body; null when there is none.</summary>
    public static async Task<T?> ReadJsonAsync<T>(this HttpRequest request)
        where T : class
    {
        if (request.ContentLength is 0 || request.ContentType is null)
            return null;
        var json = await request.ReadBytesAsync("application/json");
        try
        {
            return JsonSerializer.Deserialize<T>(json, ApiJson.Options);
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.RequestInvalid, $"The body is not as described ({e.Path}).");
        }
    }

    public static ProblemException Invalid(string field, string message) => new(
        Problem.RequestInvalid, $"{field}: {message}.", new Dictionary<string, string[]> { [field] = [message] });

    private static ProblemException TooLarge(int maximum) =>
        new(Problem.TooLarge, $"At most {maximum} bytes are taken.");
}
