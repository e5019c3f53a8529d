using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>
/// Appends RTCP packets to a buffer. Whoever calls keeps the buffer large enough (<see cref="Room"/>); NACKs, whose
/// size depends on the losses, stop when it is full.
/// </summary>
internal ref struct RtcpWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public readonly int Room => _buffer.Length - Length;

    public readonly Span<byte> Free => _buffer[Length..];

    /// <summary>Takes what was written into <see cref="Free"/> by another.</summary>
    public void Advance(int length) => Length += length;

    public void SenderReport(scoped in SenderReport report, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        var body = Begin(RtcpType.SenderReport, blocks.Length, Rtcp.SenderReport.Size + blocks.Length * ReportBlock.Size);
        report.Write(body);
        Write(body[Rtcp.SenderReport.Size..], blocks);
    }

    public void ReceiverReport(uint sender, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        var body = Begin(RtcpType.ReceiverReport, blocks.Length, 4 + blocks.Length * ReportBlock.Size);
        BinaryPrimitives.WriteUInt32BigEndian(body, sender);
        Write(body[4..], blocks);
    }

    /// <summary>One chunk with a CNAME (RFC 3550, section 6.5.1).</summary>
    public void Cname(uint ssrc, scoped ReadOnlySpan<byte> cname)
    {
        var body = Begin(RtcpType.SourceDescription, 1, 4 + (2 + cname.Length + 4 & ~3));
        body.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        body[4] = 1;
        body[5] = (byte)cname.Length;
        cname.CopyTo(body[6..]);
    }

    public void Goodbye(scoped ReadOnlySpan<uint> ssrcs)
    {
        var body = Begin(RtcpType.Goodbye, ssrcs.Length, ssrcs.Length * 4);
        for (var i = 0; i < ssrcs.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(body[(i * 4)..], ssrcs[i]);
    }

    /// <summary>Asks for packets, given in rising order; gives how many of them found room.</summary>
    public int Nack(uint sender, uint media, scoped ReadOnlySpan<ushort> missing)
    {
        if (missing.IsEmpty || Room < 16)
            return 0;
        var start = Length;
        Feedback(RtcpType.TransportFeedback, RtcpType.FormatNack, sender, media, 0);
        var taken = 0;
        while (taken < missing.Length && Room >= 4)
        {
            var first = missing[taken++];
            uint mask = 0;
            while (taken < missing.Length && (ushort)(missing[taken] - first) is > 0 and <= 16 and var distance)
            {
                mask |= 1u << distance - 1;
                taken++;
            }

            BinaryPrimitives.WriteUInt16BigEndian(Free, first);
            BinaryPrimitives.WriteUInt16BigEndian(Free[2..], (ushort)mask);
            Length += 4;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_buffer[(start + 2)..], (ushort)((Length - start) / 4 - 1));
        return taken;
    }

    public void PictureLoss(uint sender, uint media) =>
        Feedback(RtcpType.PayloadFeedback, RtcpType.FormatPli, sender, media, 0);

    public void FullIntraRequest(uint sender, uint media, byte sequenceNumber)
    {
        var fci = Feedback(RtcpType.PayloadFeedback, RtcpType.FormatFir, sender, 0, 8);
        fci.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(fci, media);
        fci[4] = sequenceNumber;
    }

    public void EstimatedBitrate(uint sender, long bitsPerSecond, scoped ReadOnlySpan<uint> sources)
    {
        var fci = Feedback(RtcpType.PayloadFeedback, RtcpType.FormatApplication, sender, 0, 8 + sources.Length * 4);
        ReceiverEstimatedBitrate.Write(fci, bitsPerSecond, sources.Length);
        for (var i = 0; i < sources.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(fci[(8 + i * 4)..], sources[i]);
    }

    private Span<byte> Feedback(byte type, byte format, uint sender, uint media, int fciSize)
    {
        var body = Begin(type, format, 8 + fciSize);
        BinaryPrimitives.WriteUInt32BigEndian(body, sender);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], media);
        return body[8..];
    }

    private Span<byte> Begin(byte type, int count, int bodySize)
    {
        var head = Free;
        head[0] = (byte)(0x80 | count);
        head[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(bodySize / 4));
        Length += 4 + bodySize;
        return head.Slice(4, bodySize);
    }

    private static void Write(scoped Span<byte> body, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        for (var i = 0; i < blocks.Length; i++)
            blocks[i].Write(body[(i * ReportBlock.Size)..]);
    }
}
