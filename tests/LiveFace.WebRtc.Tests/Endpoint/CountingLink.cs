using System.Net;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Endpoint;

internal sealed class CountingLink : IPacketLink
{
    public int Sent { get; private set; }

    public int Id => 9_999;

    public bool IsTcp => false;

    public IPEndPoint Local { get; } = new(IPAddress.Loopback, 1);

    public bool Send(ReadOnlySpan<byte> datagram, SocketAddress remote)
    {
        Sent++;
        return true;
    }
}
