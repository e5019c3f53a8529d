using System.Buffers.Binary;

namespace LiveFace.WebRtc.Srtp;

/// <summary>AEAD_AES_128_GCM (RFC 7714).</summary>
internal sealed class AesGcmTransform : SrtpTransform
{
    const int TagLength = 16;
    const int RtcpHeader = 8;
    const uint Encrypted = 0x8000_0000;

    readonly AesCipher _rtpSeal;
    readonly AesCipher _rtpOpen;
    readonly AesCipher _rtcpSeal;
    readonly AesCipher _rtcpOpen;
    readonly byte[] _rtpSalt;
    readonly byte[] _rtcpSalt;

    public AesGcmTransform(in SrtpKeyMaterial master)
        : this(
            SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtpEncryption, 16),
            SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtpSalt, 12),
            SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtcpEncryption, 16),
            SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtcpSalt, 12))
    {
    }

    /// <summary>With session keys as they are, which the RFC's vectors give.</summary>
    public AesGcmTransform(byte[] rtpKey, byte[] rtpSalt, byte[] rtcpKey, byte[] rtcpSalt)
    {
        _rtpSeal = AesCipher.Gcm(rtpKey, encrypt: true);
        _rtpOpen = AesCipher.Gcm(rtpKey, encrypt: false);
        _rtcpSeal = AesCipher.Gcm(rtcpKey, encrypt: true);
        _rtcpOpen = AesCipher.Gcm(rtcpKey, encrypt: false);
        _rtpSalt = rtpSalt;
        _rtcpSalt = rtcpSalt;
    }

    public override int RtpOverhead => TagLength;

    public override int RtcpOverhead => TagLength + 4;

    public override int RtcpIndexFromEnd => 4;

    public override int ProtectRtp(Span<byte> buffer, int length, int header, uint ssrc, ulong index)
    {
        Span<byte> nonce = stackalloc byte[12];
        RtpNonce(nonce, ssrc, index);
        _rtpSeal.Seal(nonce, buffer[..header], buffer[header..length], buffer.Slice(length, TagLength));
        return length + TagLength;
    }

    public override int UnprotectRtp(Span<byte> packet, int header, uint ssrc, ulong index)
    {
        var length = packet.Length - TagLength;
        if (length < header)
            return -1;

        Span<byte> nonce = stackalloc byte[12];
        RtpNonce(nonce, ssrc, index);
        return _rtpOpen.TryOpen(nonce, packet[..header], packet[header..length], packet[length..]) ? length : -1;
    }

    /// <summary>The first eight bytes and the index word are authenticated, the rest is encrypted (RFC 7714 9.2, 9.3).</summary>
    public override int ProtectRtcp(Span<byte> buffer, int length, uint index)
    {
        Span<byte> nonce = stackalloc byte[12];
        Span<byte> associated = stackalloc byte[RtcpHeader + 4];
        RtcpInputs(nonce, associated, buffer, index | Encrypted);
        _rtcpSeal.Seal(nonce, associated, buffer[RtcpHeader..length], buffer.Slice(length, TagLength));
        associated[RtcpHeader..].CopyTo(buffer[(length + TagLength)..]);
        return length + TagLength + 4;
    }

    public override int UnprotectRtcp(Span<byte> packet, uint indexWord)
    {
        var length = packet.Length - TagLength - 4;
        if (length < RtcpHeader || (indexWord & Encrypted) == 0)
            return -1;

        Span<byte> nonce = stackalloc byte[12];
        Span<byte> associated = stackalloc byte[RtcpHeader + 4];
        RtcpInputs(nonce, associated, packet, indexWord);
        return _rtcpOpen.TryOpen(nonce, associated, packet[RtcpHeader..length], packet.Slice(length, TagLength)) ? length : -1;
    }

    public override void Dispose()
    {
        _rtpSeal.Dispose();
        _rtpOpen.Dispose();
        _rtcpSeal.Dispose();
        _rtcpOpen.Dispose();
    }

    /// <summary>RFC 7714 8.1: two zero bytes, SSRC, rollover counter, sequence number; xor salt.</summary>
    void RtpNonce(Span<byte> nonce, uint ssrc, ulong index)
    {
        nonce[0] = nonce[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(nonce[2..], ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[6..], (uint)(index >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(nonce[10..], (ushort)index);
        Salt(nonce, _rtpSalt);
    }

    /// <summary>RFC 7714 9.1: two zero bytes, SSRC, two zero bytes, the index without the E bit; xor salt.</summary>
    void RtcpInputs(Span<byte> nonce, Span<byte> associated, ReadOnlySpan<byte> packet, uint indexWord)
    {
        nonce.Clear();
        packet.Slice(4, 4).CopyTo(nonce[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], indexWord & ~Encrypted);
        Salt(nonce, _rtcpSalt);
        packet[..RtcpHeader].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[RtcpHeader..], indexWord);
    }

    static void Salt(Span<byte> nonce, ReadOnlySpan<byte> salt)
    {
        for (var i = 0; i < nonce.Length; i++)
            nonce[i] ^= salt[i];
    }
}
