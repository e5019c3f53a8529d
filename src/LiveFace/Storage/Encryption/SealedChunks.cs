using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LiveFace.Storage.Encryption;

/// <summary>
/// An encrypted file in chunks of AES-256-GCM, any of which is read or written without the others. A chunk is bound to the file's
/// name, to its place and to whether it is the last, and the file has a key of its own: none can be changed, exchanged, left out
/// or cut off unseen.
/// <code>
/// mark (8) │ id of the key (8) │ salt (32) ║ nonce (12) │ tag (16) │ up to 64 KiB, encrypted ║ …
/// </code>
/// </summary>
internal sealed class SealedChunks : IDisposable
{
    public const int ChunkBytes = 64 << 10;

    /// <summary>What a file begins with, before its first chunk.</summary>
    public const int HeadBytes = 8 + FileKey.IdBytes + SaltBytes;

    private const int SaltBytes = 32, NonceBytes = 12, TagBytes = 16, PlaceBytes = 9;
    private const int Around = NonceBytes + TagBytes, Whole = Around + ChunkBytes;

    private readonly SafeFileHandle _file;
    private readonly AesGcm _cipher;
    private readonly byte[] _bound;
    private readonly byte[] _buffer = new byte[Whole];
    private readonly string _name;

    private SealedChunks(SafeFileHandle file, FileKey key, string name, ReadOnlySpan<byte> salt)
    {
        (_file, _name) = (file, name);
        _cipher = new AesGcm(key.Derive("liveface chunks", salt), TagBytes);
        _bound = [.. new byte[PlaceBytes], .. Encoding.UTF8.GetBytes(name)];
    }

    /// <summary>Chunks that the file has, the last of them maybe not whole.</summary>
    public long Count => CountOf(RandomAccess.GetLength(_file));

    /// <summary>Bytes that were encrypted, as far as the file's length tells.</summary>
    public long Length => LengthOf(RandomAccess.GetLength(_file));

    private static ReadOnlySpan<byte> Mark => "LFSEAL2\n"u8;

    /// <summary>Whether a file was encrypted so, with whatever key; its first bytes do.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> file) => file.StartsWith(Mark);

    /// <summary>Whether a file was encrypted so with this key, or with one derived from the same secret.</summary>
    public static bool HasSealed(FileKey key, ReadOnlySpan<byte> file) => IsSealed(file) && file[Mark.Length..].StartsWith(key.Id);

    /// <summary>Bytes that were encrypted into a file of so many; what a crash tore counts too, until it is gone on with.</summary>
    public static long LengthOf(long bytes) => Math.Max(0, bytes - HeadBytes - CountOf(bytes) * Around);

    /// <summary>Begins an empty file.</summary>
    public static SealedChunks Create(SafeFileHandle file, FileKey key, string name)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        Mark.CopyTo(head);
        key.Id.CopyTo(head[Mark.Length..]);
        var salt = head[^SaltBytes..];
        RandomNumberGenerator.Fill(salt);
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, head, 0);
        return new SealedChunks(file, key, name, salt);
    }

    /// <exception cref="SealedFileException">It is not encrypted, or with another key.</exception>
    public static SealedChunks Open(SafeFileHandle file, FileKey key, string name)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        if (RandomAccess.Read(file, head, 0) < HeadBytes || !IsSealed(head))
            throw new SealedFileException($"{name} is not encrypted, or was changed on the disk.");
        if (!HasSealed(key, head))
            throw new SealedFileException($"{name} was encrypted with another key.");
        return new SealedChunks(file, key, name, head[^SaltBytes..]);
    }

    /// <summary>Writes a chunk in its place, with a nonce that no other has.</summary>
    public void Write(long index, ReadOnlySpan<byte> plain, bool isLast)
    {
        if (plain.Length > ChunkBytes)
            throw new ArgumentException($"A chunk has {ChunkBytes} bytes at most.", nameof(plain));
        var nonce = _buffer.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        var chunk = _buffer.AsSpan(0, Around + plain.Length);
        _cipher.Encrypt(nonce, plain, chunk[Around..], chunk.Slice(NonceBytes, TagBytes), BoundTo(index, isLast));
        RandomAccess.Write(_file, chunk, PlaceOf(index));
    }

    /// <summary>Reads a chunk; gives how long it is.</summary>
    /// <exception cref="SealedFileException">It is not what was written there.</exception>
    public int Read(long index, Span<byte> into, bool isLast) => TryRead(index, into, isLast) ?? throw Changed();

    /// <summary>The same; null where it is not what was written there.</summary>
    public int? TryRead(long index, Span<byte> into, bool isLast)
    {
        var read = ReadAll(_buffer, PlaceOf(index));
        if (read < Around)
            return null;
        var plain = into[..(read - Around)];
        try
        {
            _cipher.Decrypt(_buffer.AsSpan(0, NonceBytes), _buffer.AsSpan(Around, plain.Length), _buffer.AsSpan(NonceBytes, TagBytes), plain, BoundTo(index, isLast));
            return plain.Length;
        }
        catch (AuthenticationTagMismatchException)
        {
            plain.Clear();
            return null;
        }
    }

    /// <summary>Takes away all chunks from one on.</summary>
    public void CutAt(long index) => RandomAccess.SetLength(_file, PlaceOf(index));

    public void Flush() => RandomAccess.FlushToDisk(_file);

    public SealedFileException Changed() => new($"{_name} was changed on the disk, or is not whole.");

    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_buffer);
        _file.Dispose();
    }

    private static long CountOf(long bytes) => (Math.Max(0, bytes - HeadBytes) + Whole - 1) / Whole;

    private static long PlaceOf(long index) => HeadBytes + index * Whole;

    private ReadOnlySpan<byte> BoundTo(long index, bool isLast)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bound, index);
        _bound[PlaceBytes - 1] = isLast ? (byte)1 : (byte)0;
        return _bound;
    }

    private int ReadAll(Span<byte> into, long from)
    {
        var all = 0;
        while (all < into.Length && RandomAccess.Read(_file, into[all..], from + all) is > 0 and var read)
            all += read;
        return all;
    }
}
