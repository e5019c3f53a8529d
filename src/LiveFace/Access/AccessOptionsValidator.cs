using System.Net;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    private const int MinimumKeyLength = 20;

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var errors = new List<string>();
        foreach (var origin in options.AllowedOrigins)
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/" || origin.EndsWith('/'))
                errors.Add($"Access:AllowedOrigins: '{origin}' is not an origin such as 'https://app.example' "
                    + "(scheme, host and port, no path, no slash at the end, no star).");

        foreach (var host in options.AllowedHosts)
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
                errors.Add($"Access:AllowedHosts: '{host}' is not a host name such as 'camera.local' (no port).");

        foreach (var proxy in options.TrustedProxies)
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                errors.Add($"Access:TrustedProxies: '{proxy}' is not an address or a network such as '10.0.0.0/8'.");

        for (var i = 0; i < options.Keys.Count; i++)
        {
            var key = options.Keys[i];
            if (key.Key.Length < MinimumKeyLength)
                errors.Add($"Access:Keys:{i}:Key: must have at least {MinimumKeyLength} characters; "
                    + "'openssl rand -base64 32' makes a good one.");
            if (key.Roles.Count == 0)
                errors.Add($"Access:Keys:{i}:Roles: name at least one of {RoleNames.Accepted}.");
            else if (!RoleNames.TryParse(key.Roles, out _, out var unknown))
                errors.Add($"Access:Keys:{i}:Roles: '{unknown}' is not one of {RoleNames.Accepted}.");
            if (!RoomPattern.TryParse(key.Pattern, out _))
                errors.Add($"Access:Keys:{i}:Pattern: must be {RoomPattern.Accepted}, was '{key.Pattern}'.");
        }

        if (options.RequestsPerMinute is < 1 or > 1_000_000)
            errors.Add($"Access:RequestsPerMinute: must be 1 to 1000000, was {options.RequestsPerMinute}.");
        if (options.FailuresPerMinute is < 1 or > 100_000)
            errors.Add($"Access:FailuresPerMinute: must be 1 to 100000, was {options.FailuresPerMinute}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
