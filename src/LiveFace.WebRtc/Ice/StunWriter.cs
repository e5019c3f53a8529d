using System.Buffers.Binary;

namespace LiveFace.WebRtc.Ice;

/// <summary>Writes a STUN message into a buffer (RFC 8489 5, 14).</summary>
internal ref struct StunWriter
{
    readonly Span<byte> _buffer;

    public StunWriter(Span<byte> buffer, StunMessageType type, ReadOnlySpan<byte> transactionId)
    {
        _buffer = buffer;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)type);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], StunMessage.MagicCookie);
        transactionId.CopyTo(buffer[8..]);
        Length = StunMessage.HeaderLength;
        SetLength();
    }

    /// <summary>How long the message is so far.</summary>
    public int Length { get; private set; }

    public void Add(StunAttribute type, scoped ReadOnlySpan<byte> value)
    {
        var padded = (value.Length + 3) & ~3;
        var attribute = _buffer.Slice(Length, 4 + padded);
        attribute.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(attribute, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)value.Length);
        value.CopyTo(attribute[4..]);
        Length += attribute.Length;
        SetLength();
    }

    public void Add(StunAttribute type, uint value)
    {
        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        Add(type, octets);
    }

    /// <summary>Where the request came from, xored so that no middlebox rewrites it (RFC 8489 14.2).</summary>
    public void AddXorMappedAddress(in TransportAddress address)
    {
        Span<byte> value = stackalloc byte[20];
        var octets = address.WriteAddress(value[4..]);
        value[0] = 0;
        value[1] = (byte)(octets == 4 ? 1 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ (StunMessage.MagicCookie >> 16)));

        // Cookie and transaction id stand next to each other in the header, as the xor wants them.
        for (var i = 0; i < octets; i++)
            value[4 + i] ^= _buffer[4 + i];
        Add(StunAttribute.XorMappedAddress, value[..(4 + octets)]);
    }

    public void AddError(int code, scoped ReadOnlySpan<byte> reason)
    {
        Span<byte> value = stackalloc byte[4 + reason.Length];
        value[0] = value[1] = 0;
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
        reason.CopyTo(value[4..]);
        Add(StunAttribute.ErrorCode, value);
    }

    /// <summary>Ends the message with MESSAGE-INTEGRITY.</summary>
    public void AddIntegrity(ReadOnlySpan<byte> password)
    {
        Span<byte> tag = stackalloc byte[StunIntegrity.Length];
        StunIntegrity.Compute(_buffer, Length, password, tag);
        Add(StunAttribute.MessageIntegrity, tag);
    }

    /// <summary>Ends the message with FINGERPRINT.</summary>
    public void AddFingerprint()
    {
        // The length field counts the attribute already when the checksum is taken (RFC 8489 14.7).
        Length += 8;
        SetLength();
        Length -= 8;
        Add(StunAttribute.Fingerprint, StunFingerprint.Of(_buffer[..Length]));
    }

    readonly void SetLength() =>
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(Length - StunMessage.HeaderLength));
}
