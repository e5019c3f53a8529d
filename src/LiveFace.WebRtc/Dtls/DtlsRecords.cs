using System.Buffers.Binary;

namespace LiveFace.WebRtc.Dtls;

/// <summary>The record layer's outside (RFC 6347 4.1): where records start and end.</summary>
internal static class DtlsRecords
{
    public const int HeaderLength = 13;
    const byte FirstType = 20;
    const byte LastType = 24;

    /// <summary>Whether a datagram consists of whole records of known types; anything else never reaches OpenSSL.</summary>
    public static bool AreWellFormed(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty)
            return false;

        while (!datagram.IsEmpty)
        {
            if (datagram.Length < HeaderLength || datagram[0] is < FirstType or > LastType || datagram[1] != 0xFE)
                return false;
            var length = Length(datagram);
            if (length > datagram.Length)
                return false;
            datagram = datagram[length..];
        }

        return true;
    }

    /// <summary>
    /// How much of a run of records goes into one datagram: as many whole ones as fit, at least one (RFC 6347 4.1.1).
    /// </summary>
    public static int FirstDatagram(ReadOnlySpan<byte> records, int maximum)
    {
        var taken = 0;
        while (taken + HeaderLength <= records.Length)
        {
            var next = taken + Length(records[taken..]);
            if (next > records.Length || (taken > 0 && next > maximum))
                break;
            taken = next;
        }

        return taken == 0 ? records.Length : taken;
    }

    static int Length(ReadOnlySpan<byte> record) => HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(record[11..]);
}
