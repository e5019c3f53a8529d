using System.Net;

namespace LiveFace.WebRtc.Transport;

/// <summary>Something that carries datagrams: a UDP socket, or one TCP connection with framing.</summary>
internal interface IPacketLink
{
    /// <summary>Its number, unique in the endpoint.</summary>
    int Id { get; }

    bool IsTcp { get; }

    IPEndPoint Local { get; }

    /// <summary>Sends from any thread, without waiting. False if it could not be taken.</summary>
    bool Send(ReadOnlySpan<byte> datagram, SocketAddress remote);
}
