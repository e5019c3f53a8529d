using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Sdp;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Endpoint;

/// <summary>
/// A WebRTC endpoint for servers: one UDP port (and the same TCP port) for any number of peers. It is ICE-lite and
/// always the answering side.
/// </summary>
public sealed partial class RtcEndpoint : IAsyncDisposable
{
    /// <summary>Creates an endpoint; <see cref="Start"/> opens its sockets.</summary>
    /// <exception cref="ArgumentException">A setting does not make sense; the message names it.</exception>
    /// <exception cref="DllNotFoundException">OpenSSL 3 is not installed; the message names the package.</exception>
    public RtcEndpoint(RtcEndpointOptions options, TimeProvider? timeProvider = null, IMeterFactory? meterFactory = null)
        : this(options, timeProvider, meterFactory, LocalAddresses.Expand)
    {
    }

    internal RtcEndpoint(
        RtcEndpointOptions options, TimeProvider? timeProvider, IMeterFactory? meterFactory,
        Func<IReadOnlyList<IPAddress>, IReadOnlyList<IPAddress>> expand)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _clock = timeProvider ?? TimeProvider.System;
        _startedAt = _clock.GetTimestamp();
        ClockOrigin = _clock.GetUtcNow();
        Counters = new(meterFactory, () => _peers.Count, options.OnFault);
        Timers = new(_clock, () => Now, error => Counters.Fail("webrtc timers", error));
        Links = new(options, Counters, _clock, this, expand);
        Handshakes = new(() => Now, options.MaximumHandshakesPerAddress, Counters);
        Certificate = options.Certificate is { } own ? DtlsCertificate.From(own) : DtlsCertificate.Create(ClockOrigin);
        Dtls = new(Certificate);
    }

    /// <summary>The settings it was made with.</summary>
    public RtcEndpointOptions Options { get; }

    /// <summary>The port that it listens on, once started.</summary>
    public int Port => Links.Port;

    /// <summary>The endpoint's clock, which all times given and taken by peers are on.</summary>
    public TimeSpan Now => _clock.GetElapsedTime(_startedAt);

    /// <summary>What keeps media from coming in, for people to read; null when all is well.</summary>
    public string? Problem => Links.Problem;

    /// <summary>The peers that have not closed.</summary>
    public IReadOnlyCollection<RtcPeer> Peers => [.. _peers.Keys.Where(peer => peer.State is not RtcPeerState.Closed)];

    /// <summary>Opens the sockets.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    /// <exception cref="SocketException">The port is taken or the address is not this machine's; the message says which.</exception>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_started)
            throw new InvalidOperationException("The endpoint is started already.");
        _started = true;
        Links.Open();
        _handshakeWork = Handshakes.RunAsync();
    }

    /// <summary>
    /// Answers an offer. Put handlers on the peer before the answer is handed to the other side: nothing is received
    /// before that.
    /// </summary>
    /// <exception cref="OfferRejectedException">The offer cannot be answered; the message says why.</exception>
    public RtcAnswer Accept(string offerSdp, MediaPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(offerSdp);
        ArgumentNullException.ThrowIfNull(policy);
        policy.Validate();
        if (!_started || _disposed)
            throw new OfferRejectedException(OfferRejection.EndpointFull, "The endpoint is not running.");
        if (_peers.Count >= Options.MaximumPeers)
        {
            throw new OfferRejectedException(
                OfferRejection.EndpointFull, $"The endpoint has its {Options.MaximumPeers} peers already; try again later.");
        }

        var peer = new RtcPeer(this, OfferedSession.Read(offerSdp), policy);
        _peers[peer] = peer.Credentials.Key;
        Remember(peer.Credentials, peer);
        Timers.WakeAt(peer, Now + Options.ConnectTimeout);
        return new(peer, peer.WriteAnswer());
    }

    /// <summary>Closes all peers and sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposing, 1) != 0)
            return;

        _disposed = true;
        foreach (var peer in _peers.Keys)
            peer.CloseFor(CloseReason.EndpointStopped);
        Handshakes.Complete();
        await _handshakeWork;
        await Links.DisposeAsync();
        Timers.Dispose();
        Dtls.Dispose();
        Counters.Dispose();
    }
}
