using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>Serving over TLS; section <c>Https</c>, or <c>--https</c>.</summary>
internal sealed class HttpsOptions
{
    public const string Section = "Https";

    public bool Enabled { get; set; }

    /// <summary>A .pfx/.p12 file, or a .pem/.crt file with the chain. Empty: a self-signed one is made.</summary>
    public string? Certificate { get; set; }

    /// <summary>The private key in PEM, when it is not in the certificate's file.</summary>
    public string? Key { get; set; }

    public string? Password { get; set; }

    /// <summary>Further names and addresses for the self-signed certificate.</summary>
    public IList<string> Names { get; } = [];
}

internal sealed class HttpsOptionsValidator : IValidateOptions<HttpsOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpsOptions options)
    {
        var errors = new List<string>();
        if (!string.IsNullOrEmpty(options.Certificate) && !File.Exists(options.Certificate))
            errors.Add($"Https:Certificate: there is no file '{options.Certificate}'; name a .pfx or .pem file.");
        if (!string.IsNullOrEmpty(options.Key) && !File.Exists(options.Key))
            errors.Add($"Https:Key: there is no file '{options.Key}'; name the private key in PEM.");
        if (!string.IsNullOrEmpty(options.Key) && string.IsNullOrEmpty(options.Certificate))
            errors.Add("Https:Key: is given without Https:Certificate.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
