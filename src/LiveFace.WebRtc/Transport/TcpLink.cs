using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace LiveFace.WebRtc.Transport;

/// <summary>
/// One accepted ICE-TCP connection (RFC 6544). What cannot be sent at once waits in a bounded buffer; a client that
/// stops reading loses packets first and the connection soon after.
/// </summary>
internal sealed class TcpLink : IPacketLink, IDisposable
{
    /// <summary>About two seconds at a megabit: past that, waiting only makes the picture late.</summary>
    const int MaximumWaiting = 256 * 1024;

    const int MaximumUnvalidated = 16;

    /// <summary>So much is handed to the system at a time: what it has is beyond recall.</summary>
    const int Portion = 16 * 1024;

    readonly Lock _lock = new();
    readonly Socket _socket;
    readonly EndpointCounters _counters;
    readonly TimeProvider _clock;
    readonly TimeSpan _stallTimeout;
    readonly IMediaGate? _gate;
    byte[] _waiting = new byte[16 * 1024];
    byte[] _sending = new byte[16 * 1024];
    int _waitingLength;
    bool _pumping;
    long _lastProgress;

    public TcpLink(int id, Socket socket, EndpointCounters counters, TimeProvider clock, TimeSpan stallTimeout, IMediaGate? gate = null)
    {
        Id = id;
        _socket = socket;
        _socket.NoDelay = true;
        _counters = counters;
        _clock = clock;
        _stallTimeout = stallTimeout;
        _gate = gate;
        Local = (IPEndPoint)socket.LocalEndPoint!;
        Remote = ((IPEndPoint)socket.RemoteEndPoint!).Serialize();
        _lastProgress = clock.GetTimestamp();
    }

    public int Id { get; }

    public bool IsTcp => true;

    public IPEndPoint Local { get; }

    public SocketAddress Remote { get; }

    /// <summary>A check has shown that the connection belongs to a session.</summary>
    public bool IsValidated { get; set; }

    public bool Send(ReadOnlySpan<byte> datagram, SocketAddress remote)
    {
        lock (_lock)
        {
            if (_waitingLength + 2 + datagram.Length > MaximumWaiting)
            {
                _counters.Drop(DropReason.SendRefused);
                if (_clock.GetElapsedTime(_lastProgress) > _stallTimeout)
                    Dispose();
                return false;
            }

            Append(datagram);
            if (_pumping)
                return true;
            _pumping = true;
            _lastProgress = _clock.GetTimestamp();
        }

        _ = PumpAsync();
        return true;
    }

    /// <summary>Receives until either side closes or breaks the framing.</summary>
    public async Task ReceiveAsync(IPacketReceiver receiver)
    {
        var framing = new StreamFraming();
        var strange = 0;
        try
        {
            while (!framing.IsBroken)
            {
                var count = await _socket.ReceiveAsync(framing.Free, SocketFlags.None);
                if (count == 0)
                    break;
                framing.Received(count);
                while (framing.TryTake(out var packet))
                {
                    receiver.OnDatagram(this, packet, Remote);
                    strange += IsValidated ? 0 : 1;
                }

                // The first thing on a connection is a check that says whose it is; whoever says other things is cut off.
                if (!IsValidated && strange >= MaximumUnvalidated)
                    break;
            }

            if (framing.IsBroken)
                _counters.Drop(DropReason.TcpRefused);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection is gone, as below.
        }
#pragma warning disable CA1031 // Nobody waits for this loop; the connection ends with it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _counters.Fail("webrtc tcp", error);
        }
        finally
        {
            Dispose();
            receiver.OnLinkClosed(this, Remote);
        }
    }

    public void Dispose() => _socket.Dispose();

    void Append(ReadOnlySpan<byte> datagram)
    {
        var needed = _waitingLength + 2 + datagram.Length;
        if (needed > _waiting.Length)
            Array.Resize(ref _waiting, Math.Min(MaximumWaiting, Math.Max(needed, _waiting.Length * 2)));
        BinaryPrimitives.WriteUInt16BigEndian(_waiting.AsSpan(_waitingLength), (ushort)datagram.Length);
        datagram.CopyTo(_waiting.AsSpan(_waitingLength + 2));
        _waitingLength = needed;
    }

    /// <summary>Two buffers change places: one fills while the other is sent.</summary>
    async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                int length;
                lock (_lock)
                {
                    if (_waitingLength == 0)
                    {
                        _pumping = false;
                        return;
                    }

                    (_waiting, _sending) = (_sending, _waiting);
                    (length, _waitingLength) = (_waitingLength, 0);
                }

                for (var sent = 0; sent < length;)
                {
                    // Media waits here among other things, and a stream has no gaps: it ends.
                    if (_gate is { IsOpen: false })
                    {
                        _counters.Drop(DropReason.GateClosed);
                        Dispose();
                        return;
                    }

                    sent += await _socket.SendAsync(_sending.AsMemory(sent, Math.Min(Portion, length - sent)), SocketFlags.None);
                    _lastProgress = _clock.GetTimestamp();
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stays pumping for good: the receiving side closes the link, and until then what comes fills and drops.
            _counters.Drop(DropReason.SendRefused);
            Dispose();
        }
    }
}
