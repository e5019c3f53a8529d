using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// Whether callers need a key, decided once at start. A server without keys trusts its own machine, so it may have
/// nobody behind it but that machine: no address beyond it, and no proxy, which makes strangers look local.
/// </summary>
internal sealed record AccessMode(bool RequiresKey, bool ThisMachineOnly)
{
    public static AccessMode For(IEnumerable<ListenAddress> addresses, bool? requireKey, bool behindProxy = false)
    {
        var local = addresses.All(a => a.IsThisMachineOnly);
        var requiresKey = requireKey ?? (!local || behindProxy);
        if (!requiresKey && !local)
            throw Invalid("Access:RequireKey: cannot be false while the server listens beyond this machine "
                + "(leave it out, or listen on localhost).");
        if (!requiresKey && behindProxy)
            throw Invalid("Access:RequireKey: cannot be false while Access:TrustedProxies names a proxy, because whoever "
                + "comes through it looks local (leave one of the two out).");
        return new AccessMode(requiresKey, ThisMachineOnly: local && !requiresKey);
    }

    public static AccessMode From(IConfiguration configuration, IEnumerable<ListenAddress> addresses)
    {
        // ASP.NET Core's own switch believes these headers from anybody.
        if (configuration.GetValue<bool>("ForwardedHeaders_Enabled"))
            throw Invalid("ASPNETCORE_FORWARDEDHEADERS_ENABLED: cannot be true, because it believes forwarded headers from "
                + "anybody (name your proxies in Access:TrustedProxies instead).");
        var access = configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        return For(addresses, access.RequireKey, access.TrustedProxies.Count > 0);
    }

    private static OptionsValidationException Invalid(string sentence) =>
        new(nameof(AccessOptions), typeof(AccessOptions), [sentence]);
}
