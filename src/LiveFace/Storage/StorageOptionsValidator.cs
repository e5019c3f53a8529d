using Microsoft.Extensions.Options;

namespace LiveFace.Storage;

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        string.IsNullOrWhiteSpace(options.Folder)
            ? ValidateOptionsResult.Fail("Storage:Folder: must name a folder, such as 'data'.")
            : ValidateOptionsResult.Success;
}
