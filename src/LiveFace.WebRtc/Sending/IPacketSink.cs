namespace LiveFace.WebRtc.Sending;

/// <summary>
/// Where a session's packets go. Each buffer has at least <see cref="TagRoom"/> bytes after <c>length</c>, belongs to
/// the session, and may be overwritten during the call (protected in place) but not kept after it.
/// </summary>
internal interface IPacketSink
{
    /// <summary>
    /// Room behind each packet for what SRTP adds: at most 16 bytes of tag and, for SRTCP, 4 bytes of index
    /// (RFC 7714, RFC 3711), with some to spare for libraries that want it.
    /// </summary>
    const int TagRoom = 160;

    /// <summary>Takes one RTP packet: the first <paramref name="length"/> bytes of <paramref name="buffer"/>.</summary>
    void SendRtp(Span<byte> buffer, int length);

    /// <summary>Takes one RTCP packet, compound or reduced-size.</summary>
    void SendRtcp(Span<byte> buffer, int length);
}
