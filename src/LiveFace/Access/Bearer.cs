using Microsoft.Net.Http.Headers;

namespace LiveFace.Access;

/// <summary>Finds what a request carries to be let in: a key in a header (RFC 6750, section 2.1), on the hub a ticket in the query.</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer ";

    public static string? From(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Bounded(header[Scheme.Length..].Trim()) : null;
    }

    public static string? TicketFrom(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments("/hub"))
            return null;

        // SignalR's client sends it in the header where it can, which is when it negotiates.
        var text = From(request) ?? request.Query["access_token"].ToString();
        return text.StartsWith(KeyText.TicketPrefix, StringComparison.Ordinal) ? Bounded(text) : null;
    }

    private static string? Bounded(string key) => key.Length is > 0 and <= KeyText.MaximumLength ? key : null;
}
