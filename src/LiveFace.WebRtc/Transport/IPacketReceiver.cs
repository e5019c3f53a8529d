using System.Net;

namespace LiveFace.WebRtc.Transport;

/// <summary>Where links bring what they receive. The datagram is the link's memory, free to be changed during the call.</summary>
internal interface IPacketReceiver
{
    void OnDatagram(IPacketLink link, Span<byte> datagram, SocketAddress remote);

    /// <summary>A link that served one client is gone.</summary>
    void OnLinkClosed(IPacketLink link, SocketAddress remote);
}
