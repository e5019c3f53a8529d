using Microsoft.Extensions.Options;

namespace LiveFace.Features.Collections.State;

/// <summary>Things to be found again by how they look; section <c>Collections</c>.</summary>
internal sealed class CollectionsOptions
{
    public const string Section = "Collections";

    /// <summary>Where they are; null: a folder beside the database.</summary>
    public string? Folder { get; set; }

    /// <summary>The model that pictures are searched by; null: where <c>make search-model</c> puts it.</summary>
    public string? Model { get; set; }

    /// <summary>Collections of one key, with all links made from it.</summary>
    public int PerKey { get; set; } = 20;

    /// <summary>Items of one collection.</summary>
    public int MostItems { get; set; } = 2_000_000;
}

internal sealed class CollectionsOptionsValidator : IValidateOptions<CollectionsOptions>
{
    public ValidateOptionsResult Validate(string? name, CollectionsOptions options)
    {
        var errors = new List<string>();
        if (options.Folder is { } folder && string.IsNullOrWhiteSpace(folder))
            errors.Add("Collections:Folder: must name a folder, or be left out.");
        if (options.PerKey is < 1 or > 10_000)
            errors.Add($"Collections:PerKey: must be 1 to 10000, was {options.PerKey}.");
        if (options.MostItems is < 1 or > 10_000_000)
            errors.Add($"Collections:MostItems: must be 1 to 10000000, was {options.MostItems}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
