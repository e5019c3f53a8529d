using System.Net;
using System.Net.Sockets;

namespace LiveFace.WebRtc.Transport;

/// <summary>One UDP socket on one local address.</summary>
internal sealed class UdpLink : IPacketLink, IDisposable
{
    const int LargestDatagram = 4096;
    const int KernelBuffer = 4 * 1024 * 1024;

    readonly Socket _socket;
    readonly EndpointCounters _counters;

    public UdpLink(int id, IPEndPoint local, EndpointCounters counters)
    {
        Id = id;
        _counters = counters;
        _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            // A full send buffer drops a packet; it never stops the thread that sends.
            Blocking = false,
            ReceiveBufferSize = KernelBuffer,
            SendBufferSize = KernelBuffer,
        };
        try
        {
            if (local.AddressFamily is AddressFamily.InterNetworkV6)
                _socket.DualMode = false;
            _socket.Bind(local);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        Local = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public int Id { get; }

    public bool IsTcp => false;

    public IPEndPoint Local { get; }

    public bool Send(ReadOnlySpan<byte> datagram, SocketAddress remote)
    {
        try
        {
            return _socket.SendTo(datagram, SocketFlags.None, remote) == datagram.Length;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            _counters.Drop(DropReason.SendRefused);
            return false;
        }
    }

    /// <summary>Receives until the link is disposed. One buffer and one address serve all datagrams.</summary>
    public async Task ReceiveAsync(IPacketReceiver receiver)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(LargestDatagram, pinned: true);
        var remote = new SocketAddress(Local.AddressFamily);
        await Task.Yield();
        while (true)
        {
            try
            {
                var length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, remote);
                receiver.OnDatagram(this, buffer.AsSpan(0, length), remote);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException)
            {
                _counters.Drop(DropReason.ReceiveError);
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
