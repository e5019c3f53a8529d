namespace LiveFace.Storage;

/// <summary>Where the server keeps what outlives it; section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and of certificates that the server makes.</summary>
    public string Folder { get; set; } = "data";
}
