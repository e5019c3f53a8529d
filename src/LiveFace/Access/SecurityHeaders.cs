namespace LiveFace.Access;

/// <summary>
/// Headers that keep a page from running, loading or telling more than it needs. Scripts come from files only; the camera
/// and the microphone are for our own pages.
/// </summary>
internal static class SecurityHeaders
{
    /// <param name="selfSigned">A browser's exception for such a certificate is worth nothing under HSTS, so none is asked for.</param>
    /// <param name="nodes">Origins that a page may go on at when this server stops.</param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, bool selfSigned, IEnumerable<string> nodes)
    {
        // An origin's sockets have the scheme's name with ws for http.
        var others = string.Concat(nodes.Where(origin => origin.StartsWith("http", StringComparison.Ordinal)).Select(origin => $" {origin} ws{origin["http".Length..]}"));
        return app.Use((context, next) => AddAsync(context, next, selfSigned, others));
    }

    /// <summary>
    /// The policy of a page that runs one script written into it, and whose script writes styles into it. Where it may
    /// load from and send to stays the same.
    /// </summary>
    public static string PolicyWithScript(HostString host, string nonce) => Policy(host, others: "", $"'self' 'nonce-{nonce}'", "'self' 'unsafe-inline'");

    private static Task AddAsync(HttpContext context, RequestDelegate next, bool selfSigned, string others)
    {
        var headers = context.Response.Headers;
        if (context.Request.IsHttps && !selfSigned)
            headers.StrictTransportSecurity = "max-age=31536000";
        headers.ContentSecurityPolicy = Policy(context.Request.Host, others);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] =
            "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), autoplay=(self), geolocation=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }

    // 'self' does not cover ws: in older Safari. The host is written out only when it is a plain name.
    private static string Policy(HostString host, string others, string scripts = "'self'", string styles = "'self'")
    {
        var sockets = Uri.CheckHostName(host.Host) is UriHostNameType.Dns or UriHostNameType.IPv4
            ? $" ws://{host.Value} wss://{host.Value}"
            : "";
        return $"default-src 'self'; script-src {scripts}; style-src {styles}; img-src 'self' data: blob:; "
            + $"media-src 'self' blob: mediastream:; connect-src 'self'{sockets}{others}; worker-src 'self' blob:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
    }
}
