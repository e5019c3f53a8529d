namespace LiveFace.WebRtc.Srtp;

/// <summary>Protects what is sent: it keeps the packet index of each of our sources. One call at a time.</summary>
internal sealed class SrtpSender : IDisposable
{
    readonly SrtpTransform _transform;
    readonly Dictionary<uint, ulong> _highest = [];
    uint _rtcpIndex;

    public SrtpSender(in SrtpKeyMaterial master) => _transform = SrtpTransform.Create(master);

    /// <summary>Protects an RTP packet in place. Gives its new length, or 0 if it is no packet or has no room.</summary>
    public int ProtectRtp(Span<byte> buffer, int length)
    {
        if (!RtpPrefix.TryRead(buffer[..length], out var prefix) || !HasRoom(buffer, length, _transform.RtpOverhead))
            return 0;

        if (_highest.TryGetValue(prefix.Ssrc, out var highest))
        {
            var index = PacketIndex.Estimate(highest, prefix.Sequence);
            if (index > highest)
                _highest[prefix.Ssrc] = index;
            return _transform.ProtectRtp(buffer, length, prefix.HeaderLength, prefix.Ssrc, index);
        }

        _highest[prefix.Ssrc] = prefix.Sequence;
        return _transform.ProtectRtp(buffer, length, prefix.HeaderLength, prefix.Ssrc, prefix.Sequence);
    }

    /// <summary>Protects an RTCP packet in place. Gives its new length, or 0 if it is no packet or has no room.</summary>
    public int ProtectRtcp(Span<byte> buffer, int length)
    {
        if (length < 8 || !HasRoom(buffer, length, _transform.RtcpOverhead))
            return 0;
        _rtcpIndex = (_rtcpIndex + 1) & 0x7FFF_FFFF;
        return _transform.ProtectRtcp(buffer, length, _rtcpIndex);
    }

    public void Dispose() => _transform.Dispose();

    static bool HasRoom(Span<byte> buffer, int length, int overhead) =>
        buffer.Length >= length + overhead && length + overhead <= SrtpTransform.MaximumPacket;
}
