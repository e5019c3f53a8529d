using LiveFace.Storage.Encryption;
using LiveFace.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace LiveFace.Storage.Shared;

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Folder))
            errors.Add("Storage:Folder: must name a folder, such as 'data'.");
        // The settings are secrets, and are not said again.
        if (options.EncryptionKey is { } key && FileKey.TryRead(key) is null)
            errors.Add($"Storage:EncryptionKey: {FileKey.Accepted}.");
        if (options.Database is { } database && PostgresDatabase.Problem(database) is { } problem)
            errors.Add($"Storage:Database: {problem}.");
        if (options.StaleSeconds is < 2 or > 60)
            errors.Add($"Storage:StaleSeconds: must be 2 to 60, was {options.StaleSeconds}.");
        if (options.LostSeconds < options.StaleSeconds || options.LostSeconds > 3600)
            errors.Add($"Storage:LostSeconds: must be Storage:StaleSeconds ({options.StaleSeconds}) to 3600, was {options.LostSeconds}.");
        if (options.WaitSeconds is < 0 or > 3600)
            errors.Add($"Storage:WaitSeconds: must be 0 to 3600, was {options.WaitSeconds}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
