using LiveFace.Api;

namespace LiveFace.Access;

/// <summary>Turns away what <see cref="OriginGuard"/> finds foreign, before anything else is looked at, files included.</summary>
internal sealed class OriginMiddleware(RequestDelegate next, OriginGuard origins)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
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
