namespace LiveFace.WebRtc.Rtcp;

/// <summary>Walks the report blocks of an SR or RR; fewer bytes than the count promises end it early.</summary>
internal ref struct ReportBlockReader
{
    private ReadOnlySpan<byte> _rest;
    private int _left;

    public ReportBlockReader(in RtcpPacket packet)
    {
        var head = packet.Type == RtcpType.SenderReport ? SenderReport.Size : 4;
        _rest = packet.Body.Length > head ? packet.Body[head..] : [];
        _left = packet.Count;
    }

    public bool TryRead(out ReportBlock block)
    {
        block = default;
        if (_left == 0 || _rest.Length < ReportBlock.Size)
            return false;
        block = ReportBlock.Read(_rest);
        _rest = _rest[ReportBlock.Size..];
        _left--;
        return true;
    }
}
