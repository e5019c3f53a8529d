using Microsoft.Extensions.Options;

namespace LiveFace.Access.Foreign;

/// <summary>Tokens of an OpenID Connect issuer as keys; section <c>Oidc</c>.</summary>
internal sealed class OidcOptions
{
    public const string Section = "Oidc";

    /// <summary>As tokens name it in <c>iss</c>; its keys are found below it at <c>/.well-known/openid-configuration</c>.</summary>
    public string? Issuer { get; set; }

    /// <summary>What tokens for this server carry in <c>aud</c>.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim that names a person to others.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>Which claims give which roles where. Who has none of them may do nothing.</summary>
    public IList<OidcMapping> Map { get; } = [];
}

internal sealed class OidcMapping
{
    /// <summary>A claim's name; with dots it reaches into an object, as Keycloak's <c>realm_access.roles</c>.</summary>
    public string Claim { get; set; } = "roles";

    /// <summary>What the claim, or one of its values, has to be; empty: anything.</summary>
    public string Value { get; set; } = "";

    public IList<string> Roles { get; } = [];

    /// <summary>A room pattern; <c>{claim}</c> stands for a claim's value.</summary>
    public string Pattern { get; set; } = "*";
}

internal sealed class OidcOptionsValidator : IValidateOptions<OidcOptions>
{
    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        if (string.IsNullOrEmpty(options.Issuer))
            return ValidateOptionsResult.Success;
        var errors = new List<string>();
        if (!Uri.TryCreate(options.Issuer, UriKind.Absolute, out var uri) || !(uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)))
            errors.Add($"Oidc:Issuer: '{options.Issuer}' is not an https address such as 'https://login.example/realms/house'.");
        if (string.IsNullOrEmpty(options.Audience))
            errors.Add("Oidc:Audience: name what tokens for this server carry in 'aud'; else those for any other would open it.");
        if (options.Map.Count == 0)
            errors.Add("Oidc:Map: map at least one claim to roles, or nobody may do anything.");
        for (var i = 0; i < options.Map.Count; i++)
        {
            var map = options.Map[i];
            if (map.Roles.Count == 0 || !RoleNames.TryParse(map.Roles, out _, out _))
                errors.Add($"Oidc:Map:{i}:Roles: name at least one of {RoleNames.Accepted}.");
            if (string.IsNullOrWhiteSpace(map.Claim))
                errors.Add($"Oidc:Map:{i}:Claim: must name a claim.");
            if (!RoomPattern.TryParse(OidcClaims.Fill(map.Pattern, _ => "x"), out _))
                errors.Add($"Oidc:Map:{i}:Pattern: must be {RoomPattern.Accepted}, was '{map.Pattern}'.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
