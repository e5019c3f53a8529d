using Microsoft.Extensions.Options;

namespace LiveFace.Files.Uploads;

/// <summary>What uploads may take; section <c>Uploads</c>.</summary>
internal sealed class UploadOptions
{
    public const string Section = "Uploads";

    /// <summary>Where uploads lie until they are worked on; null: a folder beside the database.</summary>
    public string? Folder { get; set; }

    /// <summary>Uploads that may be under way together.</summary>
    public int MostAtOnce { get; set; } = 32;

    /// <summary>Uploads of one key that may be under way together.</summary>
    public int MostOfOneKey { get; set; } = 8;

    /// <summary>An upload has to come at least so fast on average.</summary>
    public int MinimumKilobytesPerSecond { get; set; } = 16;
}

internal sealed class UploadOptionsValidator : IValidateOptions<UploadOptions>
{
    public ValidateOptionsResult Validate(string? name, UploadOptions options)
    {
        var errors = new List<string>();
        if (options.Folder is { } folder && string.IsNullOrWhiteSpace(folder))
            errors.Add("Uploads:Folder: must name a folder, or be left out.");
        if (options.MostAtOnce is < 1 or > 10_000)
            errors.Add($"Uploads:MostAtOnce: must be 1 to 10000, was {options.MostAtOnce}.");
        if (options.MostOfOneKey is < 1 or > 10_000)
            errors.Add($"Uploads:MostOfOneKey: must be 1 to 10000, was {options.MostOfOneKey}.");
        if (options.MinimumKilobytesPerSecond is < 1 or > 100_000)
            errors.Add($"Uploads:MinimumKilobytesPerSecond: must be 1 to 100000, was {options.MinimumKilobytesPerSecond}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
