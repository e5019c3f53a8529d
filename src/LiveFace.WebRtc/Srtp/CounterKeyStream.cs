using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LiveFace.WebRtc.Srtp;

/// <summary>
/// AES in counter mode as SRTP uses it (RFC 3711 4.1.1). The framework has no counter mode, so the counter blocks are
/// laid out, encrypted in one go and xored in.
/// </summary>
internal sealed class CounterKeyStream : IDisposable
{
    const int Block = 16;

    readonly Aes _aes;
    readonly ICryptoTransform _encryptor;
    readonly byte[] _salt;
    readonly byte[] _counters = new byte[SrtpTransform.MaximumPacket + Block];
    readonly byte[] _stream = new byte[SrtpTransform.MaximumPacket + Block];

    public CounterKeyStream(byte[] key, byte[] salt)
    {
        _salt = salt;
        _aes = Aes.Create();
#pragma warning disable CA5358 // The counter blocks never repeat under one key: this builds counter mode.
        _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        _aes.Padding = PaddingMode.None;
        _aes.Key = key;
        _encryptor = _aes.CreateEncryptor();
    }

    /// <summary>Encrypts or decrypts in place.</summary>
    public void Apply(Span<byte> data, uint ssrc, ulong index)
    {
        if (data.IsEmpty)
            return;

        var blocks = (data.Length + Block - 1) / Block;
        LayCounters(blocks, ssrc, index);
        _encryptor.TransformBlock(_counters, 0, blocks * Block, _stream, 0);
        Xor(data, _stream);
    }

    static void Xor(Span<byte> data, ReadOnlySpan<byte> stream)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(data);
        var keys = MemoryMarshal.Cast<byte, Vector<byte>>(stream);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] ^= keys[i];
        for (var i = vectors.Length * Vector<byte>.Count; i < data.Length; i++)
            data[i] ^= stream[i];
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
    }

    /// <summary>IV = salt·2^16 xor SSRC·2^64 xor index·2^16; the last two bytes count blocks.</summary>
    void LayCounters(int blocks, uint ssrc, ulong index)
    {
        Span<byte> first = _counters.AsSpan(0, Block);
        _salt.CopyTo(first);
        first[14] = first[15] = 0;
        var high = BinaryPrimitives.ReadUInt64LittleEndian(first) ^ ((ulong)BinaryPrimitives.ReverseEndianness(ssrc) << 32);
        var low = BinaryPrimitives.ReadUInt64BigEndian(first[8..]) ^ (index << 16);
        for (var i = 0; i < blocks; i++)
        {
            var counter = _counters.AsSpan(i * Block, Block);
            BinaryPrimitives.WriteUInt64LittleEndian(counter, high);
            BinaryPrimitives.WriteUInt64BigEndian(counter[8..], low + (uint)i);
        }
    }
}
