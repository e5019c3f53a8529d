using System.Security.Cryptography;
using System.Text;

namespace LiveFace.Storage.Encryption;

/// <summary>
/// Encrypts small files that lie on the disk: AES-256-GCM, bound to the file's name, so that none can be changed or put in
/// another's place. Large ones are <see cref="SealedChunks"/>.
/// <code>
/// mark (8) │ id of the key (8) │ nonce (12) │ tag (16) │ the file, encrypted
/// </code>
/// </summary>
internal sealed class FileSeal(FileKey key)
{
    private const int NonceBytes = 12, TagBytes = 16;
    private const int HeadBytes = 8 + FileKey.IdBytes + NonceBytes + TagBytes;

    private readonly byte[] _key = key.Derive("liveface file");

    private static ReadOnlySpan<byte> Mark => "LFSEAL1\n"u8;

    /// <summary>The seal of a setting; null where it is no key.</summary>
    public static FileSeal? TryRead(string setting) => FileKey.TryRead(setting) is { } key ? new FileSeal(key) : null;

    /// <summary>Whether a file was encrypted, with whatever key; its first bytes do.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> file) => file.StartsWith(Mark);

    /// <summary>Whether a file was encrypted with this key; its first bytes do.</summary>
    public bool HasSealed(ReadOnlySpan<byte> file) => IsSealed(file) && file[Mark.Length..].StartsWith(key.Id);

    public byte[] Seal(string name, ReadOnlySpan<byte> file)
    {
        var whole = new byte[HeadBytes + file.Length];
        var head = whole.AsSpan(0, HeadBytes);
        Mark.CopyTo(head);
        key.Id.CopyTo(head[Mark.Length..]);
        var nonce = head.Slice(Mark.Length + FileKey.IdBytes, NonceBytes);
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
            whole.Slice(Mark.Length + FileKey.IdBytes, NonceBytes), whole[HeadBytes..], whole.Slice(HeadBytes - TagBytes, TagBytes), file, Encoding.UTF8.GetBytes(name));
        return file;
    }
}
