using Microsoft.Extensions.Options;

namespace LiveFace.Features.Webhooks;

/// <summary>Where changes to how publishers are hidden are told; section <c>Webhook</c>.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhook";

    /// <summary>Empty: nobody is told.</summary>
    public string Url { get; set; } = "";

    /// <summary>Signs what is told, so that the receiver knows who tells it.</summary>
    public string Secret { get; set; } = "";

    public int TimeoutMs { get; set; } = 5000;
}

internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    private const int ShortestSecret = 20;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        if (options.Url.Length == 0)
            return ValidateOptionsResult.Success;
        var errors = new List<string>();
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            errors.Add($"Webhook:Url: '{options.Url}' is not an address such as 'https://hooks.example/liveface'.");
        if (options.Secret.Length < ShortestSecret)
            errors.Add($"Webhook:Secret: must have at least {ShortestSecret} characters; 'openssl rand -base64 32' makes a good one.");
        if (options.TimeoutMs is < 100 or > 60_000)
            errors.Add($"Webhook:TimeoutMs: must be 100 to 60000, was {options.TimeoutMs}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
