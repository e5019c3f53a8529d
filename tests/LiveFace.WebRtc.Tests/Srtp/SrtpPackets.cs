using System.Buffers.Binary;
using LiveFace.WebRtc.Srtp;

namespace LiveFace.WebRtc.Tests.Srtp;

/// <summary>Keys and packets for tests of SRTP.</summary>
internal static class SrtpPackets
{
    public static SrtpKeyMaterial Keys(int profile) => SrtpKeyMaterial.FromExport(
        (SrtpProfile)profile,
        Enumerable.Range(0, SrtpKeyMaterial.ExportLength((SrtpProfile)profile)).Select(i => (byte)i).ToArray()).Client;

    public static byte[] Packet(ushort sequence, int payload)
    {
        var packet = new byte[12 + payload];
        packet[0] = 0x80;
        packet[1] = 96;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        packet[11] = 5;
        packet.AsSpan(12).Fill(0xAB);
        return packet;
    }

    public static byte[] Protect(SrtpSender sender, byte[] plain)
    {
        var buffer = new byte[plain.Length + 32];
        plain.CopyTo(buffer, 0);
        return buffer[..sender.ProtectRtp(buffer, plain.Length)];
    }
}
