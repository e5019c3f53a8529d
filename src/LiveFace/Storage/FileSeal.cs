using System.Security.Cryptography;
using System.Text;

namespace LiveFace.Storage;

/// <summary>
/// Encrypts small files that lie on the disk: AES-256-GCM, bound to the file's name, so that none can be changed or put in
/// another's place.
/// <code>
/// mark (8) │ id of the key (8) │ nonce (12) │ tag (16) │ the file, encrypted
/// </code>
/// </summary>
internal sealed class FileSeal
{
    /// <summary>What a setting for it has to be.</summary>
    public const string Accepted = "must be 32 random bytes as base64 (openssl rand -base64 32), or the path of a file that holds them so";

    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16, IdBytes = 8;
    private const int LargestKeyFile = 1024;
    private const int HeadBytes = 8 + IdBytes + NonceBytes + TagBytes;

    private readonly byte[] _key;
    private readonly byte[] _id;

    private FileSeal(byte[] secret)
    {
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, info: "liveface file"u8.ToArray());
        _id = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, IdBytes, info: "liveface key id"u8.ToArray());
    }

    private static ReadOnlySpan<byte> Mark => "LFSEAL1\n"u8;

    /// <summary>The key of a setting; null where it is none.</summary>
    public static FileSeal? TryRead(string setting)
    {
        if (KeyOf(setting) is { } secret)
            return new FileSeal(secret);
        try
        {
            return new FileInfo(setting) is { Exists: true, Length: <= LargestKeyFile } && KeyOf(File.ReadAllText(setting)) is { } kept ? new FileSeal(kept) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether a file was encrypted, with whatever key; its first bytes do.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> file) => file.StartsWith(Mark);

    /// <summary>Whether a file was encrypted with this key; its first bytes do.</summary>
    public bool HasSealed(ReadOnlySpan<byte> file) => IsSealed(file) && file[Mark.Length..].StartsWith(_id);

    public byte[] Seal(string name, ReadOnlySpan<byte> file)
    {
        var whole = new byte[HeadBytes + file.Length];
        var head = whole.AsSpan(0, HeadBytes);
        Mark.CopyTo(head);
        _id.CopyTo(head[Mark.Length..]);
        var nonce = head.Slice(Mark.Length + IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(nonce, file, whole.AsSpan(HeadBytes), head[^TagBytes..], Encoding.UTF8.GetBytes(name));
        return whole;
    }

    /// <exception cref="CryptographicException">It was encrypted with another key or under another name, or was changed.</exception>
    public byte[] Open(string name, ReadOnlySpan<byte> whole)
    {
        if (whole.Length < HeadBytes || !HasSealed(whole))
            throw new CryptographicException("It was encrypted with another key.");
        var file = new byte[whole.Length - HeadBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Decrypt(
            whole.Slice(Mark.Length + IdBytes, NonceBytes), whole[HeadBytes..], whole.Slice(HeadBytes - TagBytes, TagBytes), file, Encoding.UTF8.GetBytes(name));
        return file;
    }

    private static byte[]? KeyOf(string text)
    {
        var key = new byte[KeyBytes + 1];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == KeyBytes ? key[..KeyBytes] : null;
    }
}
