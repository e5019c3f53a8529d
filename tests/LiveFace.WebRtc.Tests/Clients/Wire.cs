using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace LiveFace.WebRtc.Tests.Clients;

/// <summary>How a test client's datagrams reach the endpoint.</summary>
internal abstract class Wire : IDisposable
{
    public abstract Task SendAsync(ReadOnlyMemory<byte> datagram);

    public abstract Task<byte[]> ReceiveAsync(CancellationToken cancel);

    public abstract void Dispose();
}

internal sealed class UdpWire : Wire
{
    readonly UdpClient _client = new(new IPEndPoint(IPAddress.Loopback, 0));
    readonly IPEndPoint _server;

    public UdpWire(int port, IPAddress? server = null) => _server = new(server ?? IPAddress.Loopback, port);

    public override async Task SendAsync(ReadOnlyMemory<byte> datagram) => await _client.SendAsync(datagram, _server);

    public override async Task<byte[]> ReceiveAsync(CancellationToken cancel) => (await _client.ReceiveAsync(cancel)).Buffer;

    public override void Dispose() => _client.Dispose();
}

/// <summary>RFC 4571 framing over one connection.</summary>
internal sealed class TcpWire : Wire
{
    readonly TcpClient _client = new();

    public TcpWire(int port) => _client.Connect(IPAddress.Loopback, port);

    public Socket Socket => _client.Client;

    public override async Task SendAsync(ReadOnlyMemory<byte> datagram)
    {
        var frame = new byte[datagram.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)datagram.Length);
        datagram.CopyTo(frame.AsMemory(2));
        await _client.GetStream().WriteAsync(frame);
    }

    public override async Task<byte[]> ReceiveAsync(CancellationToken cancel)
    {
        var prefix = new byte[2];
        await _client.GetStream().ReadExactlyAsync(prefix, cancel);
        var datagram = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await _client.GetStream().ReadExactlyAsync(datagram, cancel);
        return datagram;
    }

    public override void Dispose() => _client.Dispose();
}
