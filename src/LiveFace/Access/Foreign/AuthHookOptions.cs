using Microsoft.Extensions.Options;

namespace LiveFace.Access.Foreign;

/// <summary>Another server that is asked over HTTP who may do what; section <c>AuthHook</c>.</summary>
internal sealed class AuthHookOptions
{
    public const string Section = "AuthHook";

    /// <summary>Empty: nobody is asked.</summary>
    public string Url { get; set; } = "";

    /// <summary>Sent along as a bearer, so that the other server knows who asks.</summary>
    public string? Secret { get; set; }

    public int TimeoutMs { get; set; } = 3000;

    /// <summary>How long an answer is good for the same question.</summary>
    public int CacheSeconds { get; set; } = 5;

    /// <summary>How often what is open under an answer is asked about again.</summary>
    public int RecheckSeconds { get; set; } = 30;

    /// <summary>Whether callers without a key are asked about, too.</summary>
    public bool AskWithoutKey { get; set; }
}

internal sealed class AuthHookOptionsValidator : IValidateOptions<AuthHookOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthHookOptions options)
    {
        var errors = new List<string>();
        if (options.Url.Length > 0 && (!Uri.TryCreate(options.Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            errors.Add($"AuthHook:Url: '{options.Url}' is not an address such as 'https://auth.example/liveface'.");
        if (options.TimeoutMs is < 100 or > 30_000)
            errors.Add($"AuthHook:TimeoutMs: must be 100 to 30000, was {options.TimeoutMs}.");
        if (options.CacheSeconds is < 0 or > 3600)
            errors.Add($"AuthHook:CacheSeconds: must be 0 to 3600, was {options.CacheSeconds}.");
        if (options.RecheckSeconds is < 1 or > 3600)
            errors.Add($"AuthHook:RecheckSeconds: must be 1 to 3600, was {options.RecheckSeconds}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
