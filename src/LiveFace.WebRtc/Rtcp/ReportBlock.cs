using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>What one receiver says of one source (RFC 3550, section 6.4.1).</summary>
internal readonly record struct ReportBlock
{
    public const int Size = 24;

    public required uint Ssrc { get; init; }

    /// <summary>Of 256, since the report before.</summary>
    public byte FractionLost { get; init; }

    /// <summary>24 bits, signed: duplicates can make it negative.</summary>
    public int CumulativeLost { get; init; }

    public uint HighestSequence { get; init; }

    /// <summary>In units of the RTP clock.</summary>
    public uint Jitter { get; init; }

    public uint LastSenderReport { get; init; }

    public uint DelaySinceLastSenderReport { get; init; }

    public static ReportBlock Read(ReadOnlySpan<byte> data) => new()
    {
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(data),
        FractionLost = data[4],
        CumulativeLost = BinaryPrimitives.ReadInt32BigEndian(data[4..]) << 8 >> 8,
        HighestSequence = BinaryPrimitives.ReadUInt32BigEndian(data[8..]),
        Jitter = BinaryPrimitives.ReadUInt32BigEndian(data[12..]),
        LastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(data[16..]),
        DelaySinceLastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(data[20..]),
    };

    public void Write(Span<byte> data)
    {
        BinaryPrimitives.WriteUInt32BigEndian(data, Ssrc);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], CumulativeLost);
        data[4] = FractionLost;
        BinaryPrimitives.WriteUInt32BigEndian(data[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(data[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(data[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(data[20..], DelaySinceLastSenderReport);
    }
}
