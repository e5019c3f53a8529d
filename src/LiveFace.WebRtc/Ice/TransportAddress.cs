using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LiveFace.WebRtc.Ice;

/// <summary>
/// An IP address and port as a value, made from a <see cref="SocketAddress"/> without garbage. IPv4 stands in the low
/// 32 bits under the IPv4-mapped prefix.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TransportAddress(ulong High, ulong Low, ushort Port)
{
    const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    public bool IsIPv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>Reads the layout that sockaddr_in and sockaddr_in6 have on every system.</summary>
    public static TransportAddress From(SocketAddress address)
    {
        var octets = address.Buffer.Span;
        var port = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
        return address.Family is AddressFamily.InterNetwork
            ? new(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(octets[4..]), port)
            : new(BinaryPrimitives.ReadUInt64BigEndian(octets[8..]), BinaryPrimitives.ReadUInt64BigEndian(octets[16..]), port);
    }

    public static TransportAddress From(IPEndPoint endPoint)
    {
        Span<byte> octets = stackalloc byte[16];
        endPoint.Address.TryWriteBytes(octets, out var length);
        return length == 4
            ? new(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(octets), (ushort)endPoint.Port)
            : new(
                BinaryPrimitives.ReadUInt64BigEndian(octets),
                BinaryPrimitives.ReadUInt64BigEndian(octets[8..]),
                (ushort)endPoint.Port);
    }

    /// <summary>Writes 4 or 16 bytes and says how many.</summary>
    public int WriteAddress(Span<byte> octets)
    {
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(octets, (uint)Low);
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(octets, High);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], Low);
        return 16;
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> octets = stackalloc byte[16];
        return new(octets[..WriteAddress(octets)]);
    }

    public override string ToString() => new IPEndPoint(ToIPAddress(), Port).ToString();
}
