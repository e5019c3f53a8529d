using System.Buffers.Binary;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>The sender information of an SR (RFC 3550, section 6.4.1).</summary>
internal readonly record struct SenderReport
{
    /// <summary>SSRC and sender information, as they lie before the report blocks.</summary>
    public const int Size = 24;

    public required uint Ssrc { get; init; }

    public required NtpTime Ntp { get; init; }

    public required uint RtpTimestamp { get; init; }

    public uint PacketCount { get; init; }

    public uint OctetCount { get; init; }

    public static bool TryRead(in RtcpPacket packet, out SenderReport report)
    {
        report = default;
        var data = packet.Body;
        if (data.Length < Size)
            return false;
        report = new SenderReport
        {
            Ssrc = packet.SenderSsrc,
            Ntp = new NtpTime(BinaryPrimitives.ReadUInt64BigEndian(data[4..])),
            RtpTimestamp = BinaryPrimitives.ReadUInt32BigEndian(data[12..]),
            PacketCount = BinaryPrimitives.ReadUInt32BigEndian(data[16..]),
            OctetCount = BinaryPrimitives.ReadUInt32BigEndian(data[20..]),
        };
        return true;
    }

    public void Write(Span<byte> data)
    {
        BinaryPrimitives.WriteUInt32BigEndian(data, Ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(data[4..], Ntp.Value);
        BinaryPrimitives.WriteUInt32BigEndian(data[12..], RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(data[16..], PacketCount);
        BinaryPrimitives.WriteUInt32BigEndian(data[20..], OctetCount);
    }
}
