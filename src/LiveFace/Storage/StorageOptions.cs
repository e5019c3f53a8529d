namespace LiveFace.Storage;

/// <summary>Where the server keeps what outlives it; section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and of certificates that the server makes.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>
    /// A PostgreSQL that several servers share, as a connection string: what lasts lies there. Null: in this server's own database.
    /// </summary>
    public string? Database { get; set; }

    /// <summary>With <see cref="Database"/>: seconds without word from it after which nobody is admitted by a key or link.</summary>
    public int StaleSeconds { get; set; } = 5;

    /// <summary>With <see cref="Database"/>: seconds without word from it after which what is open by keys and links ends.</summary>
    public int LostSeconds { get; set; } = 60;

    /// <summary>Seconds that a start waits for a PostgreSQL that does not answer yet, this one or that of <c>Films:Database</c>.</summary>
    public int WaitSeconds { get; set; } = 60;

    /// <summary>
    /// Encrypts the files of jobs and of corrections on the disk, where these name no key of their own: 32 bytes as base64, or a
    /// file that holds them; null: they lie there as they are.
    /// </summary>
    public string? EncryptionKey { get; set; }
}
