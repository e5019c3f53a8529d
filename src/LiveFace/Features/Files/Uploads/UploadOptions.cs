using Microsoft.Extensions.Options;

namespace LiveFace.Features.Files.Uploads;

/// <summary>Where uploads lie, and how fast they have to come; section <c>Uploads</c>.</summary>
internal sealed class UploadOptions
{
    public const string Section = "Uploads";

    /// <summary>Where uploads lie until they are worked on; null: a folder beside the database.</summary>
    public string? Folder { get; set; }

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
        if (options.MinimumKilobytesPerSecond is < 1 or > 100_000)
            errors.Add($"Uploads:MinimumKilobytesPerSecond: must be 1 to 100000, was {options.MinimumKilobytesPerSecond}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
