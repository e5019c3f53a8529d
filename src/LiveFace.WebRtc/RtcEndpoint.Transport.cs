using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Peers;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc;

/// <summary>The inside of the endpoint: its sockets, and the way of a datagram from a socket to a peer.</summary>
public sealed partial class RtcEndpoint : IPacketReceiver
{
    readonly TimeProvider _clock;
    readonly long _startedAt;
    readonly ConcurrentDictionary<RtcPeer, ulong> _peers = [];
    readonly ConcurrentDictionary<ulong, RtcPeer> _byUfrag = [];
    readonly List<UdpLink> _links = [];
    readonly List<TcpAcceptor> _acceptors = [];
    readonly List<Task> _loops = [];
    Task _handshakeWork = Task.CompletedTask;
    int _nextLink;
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

    internal IReadOnlyList<IceCandidate> Candidates { get; private set; } = [];

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
                    handshakePath.Peer.OnDtls(handshakePath, datagram, now);
                else
                    Counters.Drop(DropReason.UnknownAddress);
                break;
            case >= 128 and <= 191:
                if (Paths.TryFind(key, out var mediaPath))
                    mediaPath.Peer.OnSrtp(mediaPath, datagram, now);
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
            path.Peer.OnPathClosed(path);
    }

    void OnStun(IPacketLink link, Span<byte> datagram, SocketAddress remote, in PathKey key, TimeSpan now)
    {
        if (!StunMessage.TryRead(datagram, out var message) || message.Type is not StunMessageType.BindingRequest)
            Counters.Drop(DropReason.BadStun);
        else if (!IceCredentials.TryKey(message.Username, out var ufrag) || !_byUfrag.TryGetValue(ufrag, out var peer))
            Counters.Drop(DropReason.UnknownUfrag);
        else
            peer.OnCheck(message, link, remote, key, now);
    }

    void OpenLinks()
    {
        var addresses = LocalAddresses.Expand(Options.BindAddresses);
        if (addresses.Count == 0)
            throw new SocketException((int)SocketError.AddressNotAvailable, "The machine has no address to bind to.");

        var quota = new TcpQuota(Options.MaximumTcpConnections);
        Port = Options.Port;
        try
        {
            foreach (var address in addresses)
                OpenLinks(address, quota);
        }
        catch
        {
            _links.ForEach(link => link.Dispose());
            _acceptors.ForEach(acceptor => acceptor.Dispose());
            throw;
        }

        Candidates = MakeCandidates(addresses);
        _handshakeWork = Handshakes.RunAsync();
        _loops.AddRange(_links.Select(link => link.ReceiveAsync(this)));
        _loops.AddRange(_acceptors.Select(acceptor => acceptor.AcceptAsync(this)));
    }

    /// <summary>With port 0 the first UDP socket takes a free port and the others follow it.</summary>
    void OpenLinks(IPAddress address, TcpQuota quota)
    {
        try
        {
            var link = new UdpLink(NextLink(), new(address, Port), Counters);
            _links.Add(link);
            Port = link.Local.Port;
            if (Options.Tcp)
                _acceptors.Add(new(new(address, Port), Counters, _clock, quota, NextLink));
        }
        catch (SocketException exception)
        {
            throw new SocketException(
                exception.ErrorCode,
                $"Cannot listen on {new IPEndPoint(address, Port)}: {exception.Message}. "
                + "Is another program using the port, or is the address not this machine's?");
        }
    }

    int NextLink() => Interlocked.Increment(ref _nextLink);

    List<IceCandidate> MakeCandidates(IReadOnlyList<IPAddress> bound)
    {
        var publicPort = Options.PublicPort == 0 ? Port : Options.PublicPort;
        var offered = Options.PublicAddresses.Select(address => (Address: address, Port: publicPort)).ToList();
        if (offered.Count == 0 || Options.OfferLocalAddresses)
            offered.AddRange(LocalAddresses.ToOffer(bound).Select(address => (address, Port)));

        var candidates = offered.Distinct().Select((at, rank) => new IceCandidate(at.Address, at.Port, IsTcp: false, rank)).ToList();
        if (Options.Tcp)
            candidates.AddRange(candidates.ConvertAll(candidate => candidate with { IsTcp = true }));
        return candidates;
    }
}
