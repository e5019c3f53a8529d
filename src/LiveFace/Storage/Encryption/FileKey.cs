using System.Security.Cryptography;
using System.Text;

namespace LiveFace.Storage.Encryption;

/// <summary>
/// The secret that files on the disk are encrypted with, and what is derived from it. A key for one purpose opens nothing of
/// another's, so whoever is given one for a single job sees that job's files alone.
/// </summary>
internal sealed class FileKey
{
    /// <summary>What a setting for it has to be.</summary>
    public const string Accepted = "must be 32 random bytes as base64 (openssl rand -base64 32), or the path of a file that holds them so";

    public const int KeyBytes = 32, IdBytes = 8;

    private const int LargestKeyFile = 1024;

    private readonly byte[] _secret;
    private readonly byte[] _id;

    private FileKey(byte[] secret, byte[] id) => (_secret, _id) = (secret, id);

    /// <summary>Names the secret of the setting in the heads of files; it tells nothing of it.</summary>
    public ReadOnlySpan<byte> Id => _id;

    /// <summary>The key of a setting; null where it is none.</summary>
    public static FileKey? TryRead(string setting)
    {
        if (SecretOf(setting) is { } secret)
            return Of(secret);
        try
        {
            return new FileInfo(setting) is { Exists: true, Length: <= LargestKeyFile } && SecretOf(File.ReadAllText(setting)) is { } kept ? Of(kept) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A key as <see cref="Export"/> gave it; null where it is none.</summary>
    public static FileKey? Import(string text)
    {
        var both = new byte[KeyBytes + IdBytes + 1];
        return Convert.TryFromBase64String(text, both, out var length) && length == KeyBytes + IdBytes
            ? new FileKey(both[..KeyBytes], both[KeyBytes..length])
            : null;
    }

    /// <summary>A key for one purpose, from which neither this one nor another's follows.</summary>
    public FileKey For(string purpose) => new(Derive("liveface for " + purpose), _id);

    /// <summary>The key as text, for the process that works with it. It is written nowhere.</summary>
    public string Export() => Convert.ToBase64String([.. _secret, .. _id]);

    public byte[] Derive(string purpose, ReadOnlySpan<byte> salt = default)
    {
        var key = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, key, salt, Encoding.UTF8.GetBytes(purpose));
        return key;
    }

    private static FileKey Of(byte[] secret) =>
        new(secret, HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, IdBytes, info: "liveface key id"u8.ToArray()));

    private static byte[]? SecretOf(string text)
    {
        var key = new byte[KeyBytes + 1];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == KeyBytes ? key[..KeyBytes] : null;
    }
}
