using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LiveFace.WebRtc.Srtp;

/// <summary>The little that SRTP must read of a packet before it is authentic (RFC 3550 5.1, 5.3.1).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RtpPrefix(int HeaderLength, ushort Sequence, uint Ssrc)
{
    /// <summary>Reads the header's extent; false if the packet does not hold the header that it announces.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out RtpPrefix prefix)
    {
        prefix = default;
        if (packet.Length < 12 || packet[0] >> 6 != 2)
            return false;

        var length = 12 + ((packet[0] & 0x0F) * 4);
        if ((packet[0] & 0x10) != 0)
        {
            if (packet.Length < length + 4)
                return false;
            length += 4 + (BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]) * 4);
        }

        if (packet.Length < length)
            return false;

        prefix = new(
            length,
            BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[8..]));
        return true;
    }
}
