using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LiveFace.WebRtc.Ice;

/// <summary>MESSAGE-INTEGRITY: HMAC-SHA1 with the short-term password (RFC 8489 14.5).</summary>
internal static class StunIntegrity
{
    public const int Length = 20;

    /// <summary>Whether the message carries the tag of somebody who knows the password.</summary>
    public static bool Fits(in StunMessage message, ReadOnlySpan<byte> password)
    {
        if (message.IntegrityOffset == 0)
            return false;

        Span<byte> expected = stackalloc byte[Length];
        Compute(message.Datagram, message.IntegrityOffset, password, expected);
        return CryptographicOperations.FixedTimeEquals(
            expected, message.Datagram.Slice(message.IntegrityOffset + 4, Length));
    }

    /// <summary>The tag over what stands before the attribute, with a length field that ends with the attribute.</summary>
    public static void Compute(Span<byte> message, int offset, ReadOnlySpan<byte> password, Span<byte> tag)
    {
        var lengthField = message.Slice(2, 2);
        var length = BinaryPrimitives.ReadUInt16BigEndian(lengthField);
        BinaryPrimitives.WriteUInt16BigEndian(lengthField, (ushort)(offset + 4 + Length - StunMessage.HeaderLength));
        HMACSHA1.HashData(password, message[..offset], tag);
        BinaryPrimitives.WriteUInt16BigEndian(lengthField, length);
    }
}
