using System.Buffers.Binary;

namespace LiveFace.WebRtc.Srtp;

/// <summary>AES in counter mode as SRTP uses it (RFC 3711 4.1.1).</summary>
internal sealed class CounterKeyStream(byte[] key, byte[] salt) : IDisposable
{
    readonly AesCipher _aes = AesCipher.Counter(key);

    /// <summary>
    /// Encrypts or decrypts in place. IV = salt·2^16 xor SSRC·2^64 xor index·2^16; the last two bytes count blocks.
    /// </summary>
    public void Apply(Span<byte> data, uint ssrc, ulong index)
    {
        if (data.IsEmpty)
            return;

        Span<byte> iv = stackalloc byte[16];
        iv[14] = iv[15] = 0;
        salt.CopyTo(iv);
        BinaryPrimitives.WriteUInt32BigEndian(iv[4..], BinaryPrimitives.ReadUInt32BigEndian(iv[4..]) ^ ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(iv[8..], BinaryPrimitives.ReadUInt64BigEndian(iv[8..]) ^ (index << 16));
        _aes.Apply(iv, data);
    }

    public void Dispose() => _aes.Dispose();
}
