using Microsoft.Net.Http.Headers;

namespace LiveFace.Access;

/// <summary>Finds the key that a request carries (RFC 6750, section 2.1; the hub takes it from the query as well).</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer ";

    public static string? From(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Bounded(header[Scheme.Length..].Trim());
        return request.Path.StartsWithSegments("/hub") ? Bounded(request.Query["access_token"].ToString()) : null;
    }

    private static string? Bounded(string key) => key.Length is > 0 and <= KeyText.MaximumLength ? key : null;
}
