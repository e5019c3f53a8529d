using LiveFace.Storage.Encryption;
using Microsoft.Extensions.Options;

namespace LiveFace.Storage;

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Folder))
            errors.Add("Storage:Folder: must name a folder, such as 'data'.");
        // The setting is a secret, and is not said again.
        if (options.EncryptionKey is { } key && FileKey.TryRead(key) is null)
            errors.Add($"Storage:EncryptionKey: {FileKey.Accepted}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
