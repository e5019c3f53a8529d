using LiveFace.Storage.Encryption;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Corrections.State;

/// <summary>What people send of their corrections, to be kept for a time; section <c>Corrections</c>.</summary>
internal sealed class CorrectionsOptions
{
    public const string Section = "Corrections";

    /// <summary>Whether any are taken; those that are kept stay until their time is over.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Days from when a correction came to when it is deleted. Whoever sends one agrees to this number.</summary>
    public int KeepDays { get; set; } = 90;

    /// <summary>Where their pictures are; null: a folder beside the database.</summary>
    public string? Folder { get; set; }

    /// <summary>Encrypts their pictures on the disk: 32 bytes as base64, or a file that holds them; null: the key of all files, if there is one.</summary>
    public string? EncryptionKey { get; set; }

    /// <summary>Corrections that are kept at a time.</summary>
    public int Most { get; set; } = 2000;

    /// <summary>Their pictures together.</summary>
    public int TotalMegabytes { get; set; } = 2048;

    /// <summary>Corrections that are taken from one address in a day.</summary>
    public int PerAddressPerDay { get; set; } = 100;

    public long TotalBytes => (long)TotalMegabytes << 20;
}

internal sealed class CorrectionsOptionsValidator : IValidateOptions<CorrectionsOptions>
{
    public ValidateOptionsResult Validate(string? name, CorrectionsOptions options)
    {
        var errors = new List<string>();
        if (options.Folder is { } folder && string.IsNullOrWhiteSpace(folder))
            errors.Add("Corrections:Folder: must name a folder, or be left out.");
        // The setting is a secret, and is not said again.
        if (options.EncryptionKey is { } key && FileKey.TryRead(key) is null)
            errors.Add($"Corrections:EncryptionKey: {FileKey.Accepted}.");
        Range("KeepDays", options.KeepDays, 1, 3650);
        Range("Most", options.Most, 1, 100_000);
        Range("TotalMegabytes", options.TotalMegabytes, 1, 1 << 20);
        Range("PerAddressPerDay", options.PerAddressPerDay, 1, 1_000_000);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Range(string setting, int value, int least, int most)
        {
            if (value < least || value > most)
                errors.Add($"Corrections:{setting}: must be {least} to {most}, was {value}.");
        }
    }
}
