using System.Buffers.Binary;

namespace LiveFace.WebRtc.Srtp;

/// <summary>Opens what comes in: index estimation and replay protection for each source. One call at a time.</summary>
internal sealed class SrtpReceiver : IDisposable
{
    /// <summary>A source is only remembered once one of its packets was authentic, so only the peer itself can reach this.</summary>
    const int MaximumSources = 64;

    readonly SrtpTransform _transform;
    readonly Dictionary<uint, ReplayWindow> _rtp = [];
    readonly Dictionary<uint, ReplayWindow> _rtcp = [];

    public SrtpReceiver(in SrtpKeyMaterial master) => _transform = SrtpTransform.Create(master);

    /// <summary>Opens an RTP packet in place. Gives its plain length, or -1 if it is forged, replayed or broken.</summary>
    public int UnprotectRtp(Span<byte> packet)
    {
        if (packet.Length > SrtpTransform.MaximumPacket || !RtpPrefix.TryRead(packet, out var prefix))
            return -1;

        var known = _rtp.TryGetValue(prefix.Ssrc, out var window);
        var index = known ? PacketIndex.Estimate(window!.Highest, prefix.Sequence) : prefix.Sequence;
        if (known ? !window!.Allows(index) : _rtp.Count >= MaximumSources)
            return -1;

        var length = _transform.UnprotectRtp(packet, prefix.HeaderLength, prefix.Ssrc, index);
        if (length < 0)
            return -1;

        if (!known)
            _rtp[prefix.Ssrc] = window = new ReplayWindow();
        window!.Mark(index);
        return length;
    }

    /// <summary>Opens an RTCP packet in place. Gives its plain length, or -1 if it is forged, replayed or broken.</summary>
    public int UnprotectRtcp(Span<byte> packet)
    {
        if (packet.Length > SrtpTransform.MaximumPacket || packet.Length < 8 + _transform.RtcpOverhead)
            return -1;

        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        var indexWord = BinaryPrimitives.ReadUInt32BigEndian(packet[^_transform.RtcpIndexFromEnd..]);
        var index = indexWord & 0x7FFF_FFFF;
        var known = _rtcp.TryGetValue(ssrc, out var window);
        if (known ? !window!.Allows(index) : _rtcp.Count >= MaximumSources)
            return -1;

        var length = _transform.UnprotectRtcp(packet, indexWord);
        if (length < 0)
            return -1;

        if (!known)
            _rtcp[ssrc] = window = new ReplayWindow();
        window!.Mark(index);
        return length;
    }

    public void Dispose() => _transform.Dispose();
}
