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
    readonly IMediaGate? _gate;
    readonly ConcurrentDictionary<int, TcpLink> _links = [];
    readonly LoopBackoff _backoff = new();
    volatile bool _stopping;

    public TcpAcceptor(IPEndPoint local, EndpointCounters counters, TimeProvider clock, TcpQuota quota, Func<int> nextId, IMediaGate? gate = null)
    {
        (_counters, _clock, _quota, _nextId, _gate) = (counters, clock, quota, nextId, gate);
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

    /// <summary>No connection can be accepted any more, at least for now.</summary>
    public bool IsFailing => _backoff.IsFailing;

    public async Task AcceptAsync(IPacketReceiver receiver)
    {
        await Task.Yield();
        while (!_stopping)
        {
            try
            {
                var accepted = await _socket.AcceptAsync();
                _backoff.Succeeded();
                Serve(accepted, receiver);
            }
#pragma warning disable CA1031 // The loop is everybody's; it ends with the acceptor alone.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (_stopping)
                    return;
                // Such as too many open files: at once it would only fail again.
                _counters.Fail("webrtc tcp", error, DropReason.ReceiveError);
                await Task.Delay(_backoff.Failed(), TimeProvider.System);
            }
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _socket.Dispose();
        foreach (var link in _links.Values)
            link.Dispose();
    }

    void Serve(Socket accepted, IPacketReceiver receiver)
    {
        try
        {
            var source = ((IPEndPoint)accepted.RemoteEndPoint!).Address;
            var link = new TcpLink(_nextId(), accepted, _counters, _clock, StallTimeout, _gate);
            if (!_quota.TryTake(source))
            {
                _counters.Drop(DropReason.TcpRefused);
                accepted.Dispose();
                return;
            }

            _links[link.Id] = link;
            _ = ServeAsync(link, source, receiver);
        }
        catch (SocketException)
        {
            // The client has closed already.
            accepted.Dispose();
        }
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
