using System.Buffers.Binary;

namespace LiveFace.WebRtc.Ice;

/// <summary>A STUN message as it stands in a datagram (RFC 8489 5, 14). Reading checks every length.</summary>
internal readonly ref struct StunMessage
{
    public const uint MagicCookie = 0x2112_A442;
    public const int HeaderLength = 20;

    StunMessage(Span<byte> datagram) => Datagram = datagram;

    /// <summary>The whole datagram. It is ours: the integrity check patches its length field for a moment.</summary>
    public Span<byte> Datagram { get; }

    public StunMessageType Type => (StunMessageType)BinaryPrimitives.ReadUInt16BigEndian(Datagram);

    public ReadOnlySpan<byte> TransactionId => Datagram.Slice(8, 12);

    /// <summary>USERNAME; empty if absent.</summary>
    public ReadOnlySpan<byte> Username { get; private init; }

    public uint? Priority { get; private init; }

    public bool UseCandidate { get; private init; }

    public bool IsControlled { get; private init; }

    public bool IsControlling { get; private init; }

    public ReadOnlySpan<byte> XorMappedAddress { get; private init; }

    /// <summary>Where MESSAGE-INTEGRITY starts; 0 if absent.</summary>
    public int IntegrityOffset { get; private init; }

    /// <summary>Where FINGERPRINT starts; 0 if absent.</summary>
    public int FingerprintOffset { get; private init; }

    /// <summary>A comprehension-required attribute that is not known here; 0 if there is none.</summary>
    public ushort UnknownRequired { get; private init; }

    /// <summary>Whether the FINGERPRINT, if there is one, fits (RFC 8489 14.7).</summary>
    public bool FingerprintFits =>
        FingerprintOffset == 0
        || BinaryPrimitives.ReadUInt32BigEndian(Datagram[(FingerprintOffset + 4)..])
            == StunFingerprint.Of(Datagram[..FingerprintOffset]);

    /// <summary>Reads a datagram; false if it is not a well-formed STUN message of exactly this length.</summary>
    public static bool TryRead(Span<byte> datagram, out StunMessage message)
    {
        message = default;
        if (datagram.Length < HeaderLength
            || datagram[0] >= 0x40
            || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != MagicCookie
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderLength
            || datagram.Length % 4 != 0)
        {
            return false;
        }

        var read = new StunMessage(datagram);
        for (var offset = HeaderLength; offset < datagram.Length;)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(datagram[offset..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(offset + 2)..]);
            var next = offset + 4 + ((length + 3) & ~3);
            if (next > datagram.Length || read.FingerprintOffset != 0)
                return false;
            if (!TryTake(ref read, (StunAttribute)type, offset, datagram.Slice(offset + 4, length)))
                return false;
            offset = next;
        }

        message = read;
        return true;
    }

    /// <summary>The first of each kind counts, and nothing but FINGERPRINT after MESSAGE-INTEGRITY (RFC 8489 14, 14.5).</summary>
    static bool TryTake(ref StunMessage read, StunAttribute type, int offset, ReadOnlySpan<byte> value)
    {
        if (type is StunAttribute.Fingerprint)
        {
            read = read with { FingerprintOffset = offset };
            return value.Length == 4;
        }

        if (read.IntegrityOffset != 0)
            return true;

        switch (type)
        {
            case StunAttribute.Username when read.Username.IsEmpty:
                read = read with { Username = read.Datagram.Slice(offset + 4, value.Length) };
                return value.Length is > 0 and <= 513;
            case StunAttribute.MessageIntegrity:
                read = read with { IntegrityOffset = offset };
                return value.Length == 20;
            case StunAttribute.Priority when value.Length == 4:
                read = read with { Priority = BinaryPrimitives.ReadUInt32BigEndian(value) };
                return true;
            case StunAttribute.UseCandidate:
                read = read with { UseCandidate = true };
                return value.IsEmpty;
            case StunAttribute.IceControlled when value.Length == 8:
                read = read with { IsControlled = true };
                return true;
            case StunAttribute.IceControlling when value.Length == 8:
                read = read with { IsControlling = true };
                return true;
            case StunAttribute.XorMappedAddress:
                read = read with { XorMappedAddress = read.Datagram.Slice(offset + 4, value.Length) };
                return true;
            case StunAttribute.Username or StunAttribute.ErrorCode or StunAttribute.UnknownAttributes:
                return true;
            case StunAttribute.Priority or StunAttribute.IceControlled or StunAttribute.IceControlling:
                return false;
            default:
                if ((ushort)type < 0x8000)
                    read = read with { UnknownRequired = (ushort)type };
                return true;
        }
    }
}
