using System.Text;

namespace LiveFace.Api;

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

    private static ProblemException TooLarge(int maximum) =>
        new(Problem.TooLarge, $"At most {maximum} bytes are taken.");
}
