using System.Net;
using System.Net.Sockets;

namespace LiveFace.WebRtc.Transport;

/// <summary>One UDP socket on one local address.</summary>
internal sealed class UdpLink : IPacketLink, IDisposable
{
    const int LargestDatagram = 4096;
    const int KernelBuffer = 4 * 1024 * 1024;

    static readonly TimeSpan LookUp = TimeSpan.FromSeconds(1);

    readonly Socket _socket;
    readonly EndpointCounters _counters;
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ManualResetEventSlim _stopped = new();
    readonly LoopBackoff _backoff = new();
    bool _started;
    volatile bool _stopping;

    public UdpLink(int id, IPEndPoint local, EndpointCounters counters)
    {
        Id = id;
        _counters = counters;
        _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            // A full send buffer drops a packet; it never stops the thread that sends.
            Blocking = OperatingSystem.IsLinux(),
            ReceiveTimeout = (int)LookUp.TotalMilliseconds,
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

    /// <summary>Nothing can be received any more, at least for now.</summary>
    public bool IsFailing => _backoff.IsFailing;

    public bool Send(ReadOnlySpan<byte> datagram, SocketAddress remote)
    {
        try
        {
            var sent = OperatingSystem.IsLinux()
                ? LinuxDatagrams.Send(_socket.SafeHandle, datagram, remote)
                : _socket.SendTo(datagram, SocketFlags.None, remote) == datagram.Length;
            if (!sent)
                _counters.Drop(DropReason.SendRefused);
            return sent;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            _counters.Drop(DropReason.SendRefused);
            return false;
        }
    }

    /// <summary>
    /// Receives until the link is disposed, on a thread of its own: going through the pool wakes several threads for
    /// each datagram, and their looking for more work costs more than the datagram does.
    /// </summary>
    public Task ReceiveAsync(IPacketReceiver receiver)
    {
        _started = true;
        new Thread(() => Run(receiver)) { IsBackground = true, Name = "webrtc udp" }.Start();
        return _ended.Task;
    }

    public void Dispose()
    {
        _stopping = true;
        if (_started)
        {
            Wake();
            return;
        }

        _socket.Dispose();
        _stopped.Dispose();
    }

    /// <summary>One buffer and one address serve all datagrams.</summary>
    void Run(IPacketReceiver receiver)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(LargestDatagram, pinned: true);
        var remote = new SocketAddress(Local.AddressFamily);
        while (!_stopping)
        {
            try
            {
                var length = Receive(buffer, remote);
                _backoff.Succeeded();
                if (length > 0 && !_stopping)
                    Deliver(receiver, buffer.AsSpan(0, length), remote);
                else if (length < 0)
                    _counters.Drop(DropReason.ReceiveError);
            }
#pragma warning disable CA1031 // The thread serves all others too; an exception that left it would end the program.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _counters.Fail("webrtc udp", error, DropReason.ReceiveError);
                _stopped.Wait(_backoff.Failed());
            }
        }

        _socket.Dispose();
        _stopped.Dispose();
        _ended.SetResult();
    }

    void Deliver(IPacketReceiver receiver, Span<byte> datagram, SocketAddress remote)
    {
        try
        {
            receiver.OnDatagram(this, datagram, remote);
        }
#pragma warning disable CA1031 // One datagram must not hold up all others.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _counters.Fail("webrtc datagram", error);
        }
    }

    int Receive(Span<byte> buffer, SocketAddress remote)
    {
        if (OperatingSystem.IsLinux())
            return LinuxDatagrams.Receive(_socket.SafeHandle, buffer, remote);
        return _socket.Poll(LookUp, SelectMode.SelectRead) ? _socket.ReceiveFrom(buffer, SocketFlags.None, remote) : 0;
    }

    // A thread that waits for datagrams does not notice that its socket closes, but it does notice a datagram.
    void Wake()
    {
        try
        {
            _stopped.Set();
            _socket.SendTo([], SocketFlags.None, Local.Serialize());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It looks up by itself soon, or has ended.
        }
    }
}
