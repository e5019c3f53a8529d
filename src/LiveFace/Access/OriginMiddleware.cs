using LiveFace.Features.Pages;
using LiveFace.Http;

namespace LiveFace.Access;

/// <summary>Turns away what <see cref="OriginGuard"/> finds foreign, before anything else is looked at, files included.</summary>
internal sealed class OriginMiddleware(RequestDelegate next, OriginGuard origins, AccessMode mode)
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;

        // A proxy on this machine makes strangers look local. Many of them give Host as localhost, too.
        if (mode.ThisMachineOnly && ShowsProxy(request))
            return Problem.ForeignHost.WriteAsync(context,
                "The request came through a proxy, and this server asks nobody for a key. Set Access:RequireKey to true.");
        return origins.Judge(
            request.Host, request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString(),
            request.Headers["Sec-Fetch-Mode"] == "navigate") switch
        {
            OriginVerdict.ForeignHost => Problem.ForeignHost.WriteAsync(context,
                $"This server answers only to its own machine, and not as '{request.Host}'. "
                    + "Open it as localhost, or set Access:AllowedHosts or Access:RequireKey."),
            OriginVerdict.ForeignOrigin => Problem.ForeignOrigin.WriteAsync(context,
                $"Pages of '{request.Headers.Origin}' may not call this server; Access:AllowedOrigins can allow them."),
            _ => next(context),
        };
    }

    /// <summary>nginx left to itself names no client, but speaks HTTP/1.0, which no browser does.</summary>
    private static bool ShowsProxy(HttpRequest request)
    {
        if (HttpProtocol.IsHttp10(request.Protocol))
            return true;
        foreach (var header in request.Headers)
            if (header.Key.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
                || ProxyHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
