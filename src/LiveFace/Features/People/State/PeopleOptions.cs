using LiveFace.Storage.Encryption;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.People.State;

/// <summary>People who agreed to be known again, for rooms that leave them alone; section <c>People</c>.</summary>
internal sealed class PeopleOptions
{
    public const string Section = "People";

    /// <summary>
    /// Encrypts what is kept of them: 32 bytes as base64, or a file that holds them; null: <c>Storage:EncryptionKey</c>. Without
    /// either nobody is enrolled.
    /// </summary>
    public string? EncryptionKey { get; set; }

    /// <summary>People who are enrolled at a time.</summary>
    public int Most { get; set; } = 200;

    /// <summary>The most days from when somebody agreed to when they are forgotten.</summary>
    public int LongestDays { get; set; } = 365;
}

internal sealed class PeopleOptionsValidator : IValidateOptions<PeopleOptions>
{
    public ValidateOptionsResult Validate(string? name, PeopleOptions options)
    {
        var errors = new List<string>();
        // The setting is a secret, and is not said again.
        if (options.EncryptionKey is { } key && FileKey.TryRead(key) is null)
            errors.Add($"People:EncryptionKey: {FileKey.Accepted}.");
        if (options.Most is < 1 or > 10_000)
            errors.Add($"People:Most: must be 1 to 10000, was {options.Most}.");
        if (options.LongestDays is < 1 or > 3650)
            errors.Add($"People:LongestDays: must be 1 to 3650, was {options.LongestDays}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
