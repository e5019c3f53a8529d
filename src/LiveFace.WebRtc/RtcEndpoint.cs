using System.Diagnostics.Metrics;

namespace LiveFace.WebRtc;

#pragma warning disable CA1822 // The signatures come first; each gets its state with its behaviour.
/// <summary>
/// A WebRTC endpoint for servers: one UDP port (and the same TCP port) for any number of peers. It is ICE-lite and
/// always the answering side.
/// </summary>
public sealed partial class RtcEndpoint : IAsyncDisposable
{
    /// <summary>Creates an endpoint; <see cref="Start"/> opens its sockets.</summary>
    /// <exception cref="ArgumentException">A setting does not make sense; the message names it.</exception>
    public RtcEndpoint(RtcEndpointOptions options, TimeProvider? timeProvider = null, IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
    }

    /// <summary>The settings it was made with.</summary>
    public RtcEndpointOptions Options { get; }

    /// <summary>The port that it listens on, once started.</summary>
    public int Port { get; private set; }

    /// <summary>The endpoint's clock, which all times given and taken by peers are on.</summary>
    public TimeSpan Now => TimeSpan.Zero;

    /// <summary>The peers that have not closed.</summary>
    public IReadOnlyCollection<RtcPeer> Peers => [];

    /// <summary>Opens the sockets and makes the certificate.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken or the address is not this machine's.</exception>
    public void Start() => Port = Options.Port;

    /// <summary>
    /// Answers an offer. Put handlers on the peer before the answer is handed to the other side: nothing is received
    /// before that.
    /// </summary>
    /// <exception cref="OfferRejectedException">The offer cannot be answered; the message says why.</exception>
    public RtcAnswer Accept(string offerSdp, MediaPolicy policy) =>
        throw new OfferRejectedException(OfferRejection.EndpointFull, "The endpoint is not started.");

    /// <summary>Closes all peers and sockets.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
