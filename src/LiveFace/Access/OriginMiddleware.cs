using LiveFace.Api;

namespace LiveFace.Access;

/// <summary>Turns away what <see cref="OriginGuard"/> finds foreign, before anything else is looked at, files included.</summary>
internal sealed class OriginMiddleware(RequestDelegate next, OriginGuard origins, AccessMode mode)
{
    private static readonly string[] ProxyHeaders = ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;

        // A proxy on this machine makes strangers look local. Many of them give Host as localhost, too.
        if (mode.ThisMachineOnly && Array.Exists(ProxyHeaders, request.Headers.ContainsKey))
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
}
