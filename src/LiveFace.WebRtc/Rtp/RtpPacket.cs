using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtp;

/// <summary>A view of one RTP packet (RFC 3550, section 5.1). It reads in place and owns nothing.</summary>
internal readonly ref struct RtpPacket
{
    public const int FixedHeaderSize = 12;

    public bool Marker { get; private init; }

    public byte PayloadType { get; private init; }

    public ushort SequenceNumber { get; private init; }

    public uint Timestamp { get; private init; }

    public uint Ssrc { get; private init; }

    /// <summary>The "defined by profile" field: 0xBEDE or 0x100x for RFC 8285, 0 without an extension.</summary>
    public ushort ExtensionProfile { get; private init; }

    public ReadOnlySpan<byte> Extensions { get; private init; }

    /// <summary>The payload without its padding; empty for a packet that is all padding.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> data, out RtpPacket packet)
    {
        packet = default;
        if (data.Length < FixedHeaderSize || data[0] >> 6 != 2)
            return false;

        var payloadStart = FixedHeaderSize + (data[0] & 0x0F) * 4;
        ushort profile = 0;
        ReadOnlySpan<byte> extensions = default;
        if ((data[0] & 0x10) != 0)
        {
            if (data.Length < payloadStart + 4)
                return false;
            profile = BinaryPrimitives.ReadUInt16BigEndian(data[payloadStart..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(data[(payloadStart + 2)..]) * 4;
            payloadStart += 4;
            if (data.Length < payloadStart + length)
                return false;
            extensions = data.Slice(payloadStart, length);
            payloadStart += length;
        }

        if (data.Length < payloadStart)
            return false;
        var padding = 0;
        if ((data[0] & 0x20) != 0)
        {
            padding = data[^1];
            if (padding == 0 || padding > data.Length - payloadStart)
                return false;
        }

        packet = new RtpPacket
        {
            Marker = (data[1] & 0x80) != 0,
            PayloadType = (byte)(data[1] & 0x7F),
            SequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            Timestamp = BinaryPrimitives.ReadUInt32BigEndian(data[4..]),
            Ssrc = BinaryPrimitives.ReadUInt32BigEndian(data[8..]),
            ExtensionProfile = profile,
            Extensions = extensions,
            Payload = data[payloadStart..^padding],
        };
        return true;
    }
}
