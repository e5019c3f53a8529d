using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LiveFace.WebRtc.Srtp;

/// <summary>AES128_CM_HMAC_SHA1_80 (RFC 3711).</summary>
internal sealed class AesCounterTransform : SrtpTransform
{
    const int TagLength = 10;
    const int RtcpHeader = 8;
    const uint Encrypted = 0x8000_0000;

    readonly CounterKeyStream _rtp;
    readonly CounterKeyStream _rtcp;
    readonly IncrementalHash _rtpHash;
    readonly IncrementalHash _rtcpHash;

    public AesCounterTransform(in SrtpKeyMaterial master)
    {
        _rtp = new CounterKeyStream(
            SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtpEncryption, 16),
            SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtpSalt, 14));
        _rtcp = new CounterKeyStream(
            SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtcpEncryption, 16),
            SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtcpSalt, 14));
        _rtpHash = Hmac(SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtpAuthentication, 20));
        _rtcpHash = Hmac(SrtpKeyDerivation.Derive(master, SrtpKeyDerivation.RtcpAuthentication, 20));
    }

    public override int RtpOverhead => TagLength;

    public override int RtcpOverhead => TagLength + 4;

    public override int RtcpIndexFromEnd => TagLength + 4;

    public override int ProtectRtp(Span<byte> buffer, int length, int header, uint ssrc, ulong index)
    {
        _rtp.Apply(buffer[header..length], ssrc, index);
        Tag(buffer[..length], (uint)(index >> 16), buffer.Slice(length, TagLength));
        return length + TagLength;
    }

    public override int UnprotectRtp(Span<byte> packet, int header, uint ssrc, ulong index)
    {
        var length = packet.Length - TagLength;
        if (length < header || length > MaximumPacket)
            return -1;

        Span<byte> tag = stackalloc byte[TagLength];
        Tag(packet[..length], (uint)(index >> 16), tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, packet[length..]))
            return -1;

        _rtp.Apply(packet[header..length], ssrc, index);
        return length;
    }

    /// <summary>RFC 3711 3.4: E bit and index behind the encrypted part, the tag over all of it.</summary>
    public override int ProtectRtcp(Span<byte> buffer, int length, uint index)
    {
        _rtcp.Apply(buffer[RtcpHeader..length], BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]), index);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], index | Encrypted);
        RtcpTag(buffer[..(length + 4)], buffer.Slice(length + 4, TagLength));
        return length + 4 + TagLength;
    }

    public override int UnprotectRtcp(Span<byte> packet, uint indexWord)
    {
        var length = packet.Length - TagLength - 4;
        if (length < RtcpHeader || length > MaximumPacket)
            return -1;

        Span<byte> tag = stackalloc byte[TagLength];
        RtcpTag(packet[..(length + 4)], tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, packet[(length + 4)..]) || (indexWord & Encrypted) == 0)
            return -1;

        _rtcp.Apply(packet[RtcpHeader..length], BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), indexWord & ~Encrypted);
        return length;
    }

    public override void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
        _rtpHash.Dispose();
        _rtcpHash.Dispose();
    }

    static IncrementalHash Hmac(byte[] key) => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, key);

    /// <summary>RFC 3711 4.2: over the packet and the rollover counter, cut to 80 bits.</summary>
    void Tag(ReadOnlySpan<byte> packet, uint rollover, Span<byte> tag)
    {
        Span<byte> counter = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, rollover);
        _rtpHash.AppendData(packet);
        _rtpHash.AppendData(counter);
        Finish(_rtpHash, tag);
    }

    void RtcpTag(ReadOnlySpan<byte> packet, Span<byte> tag)
    {
        _rtcpHash.AppendData(packet);
        Finish(_rtcpHash, tag);
    }

    static void Finish(IncrementalHash hash, Span<byte> tag)
    {
        Span<byte> whole = stackalloc byte[20];
        hash.GetHashAndReset(whole);
        whole[..TagLength].CopyTo(tag);
    }
}
