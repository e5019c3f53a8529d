using System.Net;

namespace LiveFace.Access;

/// <summary>One address that the server takes requests on: <c>http://localhost:8080</c>, <c>https://*:8443</c>.</summary>
internal sealed record ListenAddress(bool Https, string Host, int Port)
{
    public const string Accepted = "'http://localhost:8080', 'http://*:8080' or 'https://192.168.1.5:8443'";

    public bool IsThisMachineOnly =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>True for <c>*</c>, <c>+</c>, <c>0.0.0.0</c> and <c>[::]</c>.</summary>
    public bool IsEveryAddress =>
        Host is "*" or "+"
        || (IPAddress.TryParse(Host.Trim('[', ']'), out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    /// <summary>What a person on this machine can open.</summary>
    public string Link => $"{(Https ? "https" : "http")}://{(IsEveryAddress ? "localhost" : Host)}:{Port}";

    public static bool TryParse(string text, out ListenAddress address)
    {
        address = new ListenAddress(false, "", 0);
        var scheme = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https://"
            : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://" : null;
        if (scheme is null)
            return false;
        var rest = text.AsSpan(scheme.Length).TrimEnd('/');
        var colon = rest.LastIndexOf(':');
        var hasPort = colon >= 0 && !rest[colon..].Contains(']');
        var host = hasPort ? rest[..colon] : rest;
        var port = scheme == "https://" ? 443 : 80;
        if (hasPort && (!int.TryParse(rest[(colon + 1)..], out port) || port is < 0 or > 65535))
            return false;
        if (host is not ("*" or "+") && Uri.CheckHostName(host.ToString()) == UriHostNameType.Unknown)
            return false;
        address = new ListenAddress(scheme == "https://", host.ToString(), port);
        return true;
    }
}
