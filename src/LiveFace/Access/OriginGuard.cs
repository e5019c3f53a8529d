using System.Net;

namespace LiveFace.Access;

internal enum OriginVerdict
{
    Welcome,
    ForeignHost,
    ForeignOrigin,
}

/// <summary>
/// Keeps web sites away from a server that asks for no key. A page on the web can make a visitor's browser call
/// localhost (CSRF, WebSockets included), or point its own name at 127.0.0.1 (DNS rebinding); both show in the Host or
/// Origin header, which a page cannot forge.
/// </summary>
internal sealed class OriginGuard(bool thisMachineOnly, IEnumerable<string> allowedOrigins, IEnumerable<string> allowedHosts)
{
    private readonly HashSet<string> _origins = new(allowedOrigins, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _hosts = new(allowedHosts, StringComparer.OrdinalIgnoreCase);

    public OriginVerdict Judge(HostString host, string? origin, string? fetchSite, bool isNavigation)
    {
        if (thisMachineOnly && !IsThisMachine(host.Host))
            return OriginVerdict.ForeignHost;
        if (!string.IsNullOrEmpty(origin))
            return IsAllowed(origin) || IsSame(origin, host) ? OriginVerdict.Welcome : OriginVerdict.ForeignOrigin;

        // A cross-site GET carries no Origin, but browsers say where it comes from. Following a link here is fine.
        return thisMachineOnly && fetchSite is "cross-site" && !isNavigation
            ? OriginVerdict.ForeignOrigin
            : OriginVerdict.Welcome;
    }

    public bool IsAllowed(string origin) => _origins.Contains(origin);

    // The scheme is left out: behind a proxy that ends TLS the page is https and this server sees http.
    private static bool IsSame(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Host.Trim('[', ']'), host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && (host.Port is { } port ? port == uri.Port : uri.IsDefaultPort);

    private bool IsThisMachine(string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        return string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))
            || _hosts.Contains(name);
    }
}
