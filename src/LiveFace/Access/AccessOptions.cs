namespace LiveFace.Access;

/// <summary>Who may reach the server; section <c>Access</c>.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>Asks for keys even when bound to this machine alone. Null: decided by where it listens and who stands before it.</summary>
    public bool? RequireKey { get; set; }

    /// <summary>Origins of other sites whose pages may call this server, such as <c>https://app.example</c>.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Further names that this machine is called by, for a server that is bound to it alone.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Addresses or networks of reverse proxies whose X-Forwarded-For and -Proto are believed. Naming one asks for keys.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Keys given by configuration rather than made by an admin.</summary>
    public IList<ConfiguredKey> Keys { get; } = [];

    public int RequestsPerMinute { get; set; } = 120;

    public int FailuresPerMinute { get; set; } = 10;
}

internal sealed class ConfiguredKey
{
    public string Name { get; set; } = "configured";

    public string Key { get; set; } = "";

    public IList<string> Roles { get; } = [];

    public string Pattern { get; set; } = "*";
}
