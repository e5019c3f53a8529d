namespace LiveFace.Storage;

/// <summary>Where the server keeps what outlives it; section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and of certificates that the server makes.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>
    /// Encrypts the files of jobs and of corrections on the disk, where these name no key of their own: 32 bytes as base64, or a
    /// file that holds them; null: they lie there as they are.
    /// </summary>
    public string? EncryptionKey { get; set; }
}
