using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>One packet of a compound, without its header and padding.</summary>
internal readonly ref struct RtcpPacket(byte type, byte count, ReadOnlySpan<byte> body)
{
    public byte Type { get; } = type;

    /// <summary>The five bits that are a count of reports or sources, or the format of feedback.</summary>
    public byte Count { get; } = count;

    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>The sender's SSRC, which opens every body that is read here but those of SDES and BYE.</summary>
    public uint SenderSsrc => Word(0);

    /// <summary>The media source that feedback is about (RFC 4585, section 6.1).</summary>
    public uint MediaSsrc => Word(4);

    /// <summary>The feedback control information.</summary>
    public ReadOnlySpan<byte> Fci => Body.Length >= 8 ? Body[8..] : [];

    private uint Word(int offset) =>
        Body.Length >= offset + 4 ? BinaryPrimitives.ReadUInt32BigEndian(Body[offset..]) : 0;
}
