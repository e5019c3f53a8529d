using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>REMB: what a receiver thinks the path bears (draft-alvestrand-rmcat-remb-03, section 2.2).</summary>
internal static class ReceiverEstimatedBitrate
{
    public const uint Identifier = 0x52454D42; // "REMB"

    public static bool TryRead(ReadOnlySpan<byte> fci, out long bitsPerSecond)
    {
        bitsPerSecond = 0;
        if (fci.Length < 8 || BinaryPrimitives.ReadUInt32BigEndian(fci) != Identifier)
            return false;
        var exponent = fci[5] >> 2;
        var mantissa = (long)(fci[5] & 3) << 16 | BinaryPrimitives.ReadUInt16BigEndian(fci[6..]);
        if (mantissa != 0 && exponent > 44) // 18 bits of mantissa: the product would pass what a long holds
            return false;
        bitsPerSecond = mantissa << exponent;
        return true;
    }

    /// <summary>Writes the eight bytes before the list of sources.</summary>
    public static void Write(Span<byte> fci, long bitsPerSecond, int sources)
    {
        var exponent = 0;
        while (bitsPerSecond >> exponent > 0x3_FFFF)
            exponent++;
        var mantissa = bitsPerSecond >> exponent;
        BinaryPrimitives.WriteUInt32BigEndian(fci, Identifier);
        fci[4] = (byte)sources;
        fci[5] = (byte)(exponent << 2 | (int)(mantissa >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(fci[6..], (ushort)mantissa);
    }
}
