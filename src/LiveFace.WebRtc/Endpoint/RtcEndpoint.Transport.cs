using System.Collections.Concurrent;
using System.Net;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Peers;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Endpoint;

/// <summary>The inside of the endpoint: its sockets, and the way of a datagram from a socket to a peer.</summary>
public sealed partial class RtcEndpoint : IPacketReceiver
{
    readonly TimeProvider _clock;
    readonly long _startedAt;
    readonly ConcurrentDictionary<RtcPeer, ulong> _peers = [];
    readonly ConcurrentDictionary<ulong, RtcPeer> _byUfrag = [];
    Task _handshakeWork = Task.CompletedTask;
    int _disposing;
    bool _started;
    volatile bool _disposed;

    internal DateTimeOffset ClockOrigin { get; }

    internal EndpointCounters Counters { get; }

    internal PeerTimers Timers { get; }

    internal PathTable Paths { get; } = new();

    internal HandshakeWorker Handshakes { get; }

    internal DtlsCertificate Certificate { get; }

    internal DtlsContext Dtls { get; }

    internal EndpointLinks Links { get; }

    internal IReadOnlyList<IceCandidate> Candidates => Links.Candidates;

    internal void Remember(IceCredentials credentials, RtcPeer peer) => _byUfrag[credentials.Key] = peer;

    internal void Forget(IceCredentials credentials) => _byUfrag.TryRemove(credentials.Key, out _);

    internal void Remove(RtcPeer peer)
    {
        if (!_peers.TryRemove(peer, out _))
            return;
        foreach (var (key, owner) in _byUfrag)
        {
            if (owner == peer)
                _byUfrag.TryRemove(key, out _);
        }

        Timers.Forget(peer);
    }

    /// <summary>RFC 7983 7: the first byte says which protocol a datagram is.</summary>
    void IPacketReceiver.OnDatagram(IPacketLink link, Span<byte> datagram, SocketAddress remote)
    {
        if (datagram.IsEmpty)
            return;

        var key = new PathKey(link.Id, TransportAddress.From(remote));
        var now = Now;
        switch (datagram[0])
        {
            case <= 3:
                OnStun(link, datagram, remote, key, now);
                break;
            case >= 20 and <= 63:
                if (Paths.TryFind(key, out var handshakePath))
                    handshakePath.Owner.OnDtls(handshakePath, datagram, now);
                else
                    Counters.Drop(DropReason.UnknownAddress);
                break;
            case >= 128 and <= 191:
                if (Paths.TryFind(key, out var mediaPath))
                    mediaPath.Owner.OnSrtp(mediaPath, datagram, now);
                else
                    Counters.Drop(DropReason.UnknownAddress);
                break;
            default:
                Counters.Drop(DropReason.UnknownProtocol);
                break;
        }
    }

    void IPacketReceiver.OnLinkClosed(IPacketLink link, SocketAddress remote)
    {
        if (Paths.TryFind(new PathKey(link.Id, TransportAddress.From(remote)), out var path))
            path.Owner.OnPathClosed(path);
    }

    void OnStun(IPacketLink link, Span<byte> datagram, SocketAddress remote, in PathKey key, TimeSpan now)
    {
        if (!StunMessage.TryRead(datagram, out var message))
            Counters.Drop(DropReason.BadStun);
        else if (message.Type is StunMessageType.BindingRequest)
            OnCheck(link, message, remote, key, now);
        else if (message.Type is StunMessageType.BindingSuccess && Paths.TryFind(key, out var path))
            path.Owner.OnResponse(message, path, now);
        else
            Counters.Drop(DropReason.BadStun);
    }

    void OnCheck(IPacketLink link, in StunMessage check, SocketAddress remote, in PathKey key, TimeSpan now)
    {
        if (!IceCredentials.TryKey(check.Username, out var ufrag) || !_byUfrag.TryGetValue(ufrag, out var peer))
            Counters.Drop(DropReason.UnknownUfrag);
        else if (Options.SameMachineOnly && !Links.IsOwn(TransportAddress.From(remote).ToIPAddress()))
            Counters.Drop(DropReason.OtherMachine);
        else
            peer.OnCheck(check, link, remote, key, now);
    }
}
