using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LiveFace.WebRtc.Transport;

/// <summary>Accepts ICE-TCP connections on one local address, within limits in total and for each source.</summary>
internal sealed class TcpAcceptor : IDisposable
{
    static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ValidationTimeout = TimeSpan.FromSeconds(10);

    readonly Socket _socket;
    readonly EndpointCounters _counters;
    readonly TimeProvider _clock;
    readonly TcpQuota _quota;
    readonly Func<int> _nextId;
    readonly ConcurrentDictionary<int, TcpLink> _links = [];

    public TcpAcceptor(IPEndPoint local, EndpointCounters counters, TimeProvider clock, TcpQuota quota, Func<int> nextId)
    {
        (_counters, _clock, _quota, _nextId) = (counters, clock, quota, nextId);
        _socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (local.AddressFamily is AddressFamily.InterNetworkV6)
                _socket.DualMode = false;
            _socket.Bind(local);
            _socket.Listen(128);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public async Task AcceptAsync(IPacketReceiver receiver)
    {
        await Task.Yield();
        while (true)
        {
            try
            {
                var accepted = await _socket.AcceptAsync();
                Serve(accepted, receiver);
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

    public void Dispose()
    {
        _socket.Dispose();
        foreach (var link in _links.Values)
            link.Dispose();
    }

    void Serve(Socket accepted, IPacketReceiver receiver)
    {
        var source = ((IPEndPoint)accepted.RemoteEndPoint!).Address;
        if (!_quota.TryTake(source))
        {
            _counters.Drop(DropReason.TcpRefused);
            accepted.Dispose();
            return;
        }

        var link = new TcpLink(_nextId(), accepted, _counters, _clock, StallTimeout);
        _links[link.Id] = link;
        _ = ServeAsync(link, source, receiver);
    }

    async Task ServeAsync(TcpLink link, IPAddress source, IPacketReceiver receiver)
    {
        // Whoever connects and says nothing, or nothing that belongs to a session, is cut off.
        await using var timer = _clock.CreateTimer(
            static state =>
            {
                if (state is TcpLink { IsValidated: false } silent)
                    silent.Dispose();
            },
            link,
            ValidationTimeout,
            Timeout.InfiniteTimeSpan);
        try
        {
            await link.ReceiveAsync(receiver);
        }
        finally
        {
            _links.TryRemove(link.Id, out _);
            _quota.Return(source);
        }
    }
}
