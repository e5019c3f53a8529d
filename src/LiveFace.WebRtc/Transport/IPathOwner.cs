using LiveFace.WebRtc.Ice;

namespace LiveFace.WebRtc.Transport;

/// <summary>The session that a validated path belongs to, and gets its datagrams.</summary>
internal interface IPathOwner
{
    /// <summary>The session is over: its paths are free for others.</summary>
    bool IsOver { get; }

    void OnResponse(in StunMessage response, PeerPath path, TimeSpan now);

    void OnDtls(PeerPath path, ReadOnlySpan<byte> datagram, TimeSpan now);

    void OnSrtp(PeerPath path, Span<byte> packet, TimeSpan now);

    /// <summary>The connection under the path closed.</summary>
    void OnPathClosed(PeerPath path);
}
