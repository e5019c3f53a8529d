using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace LiveFace.WebRtc;

/// <summary>How an <see cref="Endpoint.RtcEndpoint"/> is set up.</summary>
public sealed record RtcEndpointOptions
{
    /// <summary>
    /// The local addresses to listen on. A wildcard (<see cref="IPAddress.Any"/>, <see cref="IPAddress.IPv6Any"/>)
    /// stands for each address that the machine has, link-local ones left out, also for those that come after the start.
    /// </summary>
    public IReadOnlyList<IPAddress> BindAddresses { get; init; } = [IPAddress.Any, IPAddress.IPv6Any];

    /// <summary>The one port for all media, on UDP and on TCP. 0 takes a free one: see <see cref="Endpoint.RtcEndpoint.Port"/>.</summary>
    public int Port { get; init; } = 8189;

    /// <summary>
    /// Addresses under which the endpoint is reached from outside, where they are not the machine's own (1:1 NAT, a
    /// container's host). They are offered beside the local ones.
    /// </summary>
    public IReadOnlyList<IPAddress> PublicAddresses { get; init; } = [];

    /// <summary>The port that goes with <see cref="PublicAddresses"/>; 0 means the same as <see cref="Port"/>.</summary>
    public int PublicPort { get; init; }

    /// <summary>Whether the machine's own addresses are offered too when <see cref="PublicAddresses"/> has some.</summary>
    public bool OfferLocalAddresses { get; init; } = true;

    /// <summary>Whether media may run over TCP for those whose network drops UDP (RFC 6544).</summary>
    public bool Tcp { get; init; } = true;

    /// <summary>
    /// Whether only this machine's own programs are answered. All its addresses stay bound: browsers pair a loopback
    /// address with none but loopback ones, and some have none to offer.
    /// </summary>
    public bool SameMachineOnly { get; init; }

    /// <summary>
    /// The certificate of all DTLS handshakes, with its ECDSA P-256 private key. None: one is made at start. Clients
    /// know it by its fingerprint in the answer, so only several endpoints that are to look like one need their own.
    /// </summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The most peers at one time.</summary>
    public int MaximumPeers { get; init; } = 1000;

    /// <summary>The most DTLS handshakes under way at one time from one source address.</summary>
    public int MaximumHandshakesPerAddress { get; init; } = 32;

    /// <summary>The most TCP connections at one time, and a sixteenth of it from one source address.</summary>
    public int MaximumTcpConnections { get; init; } = 1024;

    /// <summary>How long a new peer may take until media can flow.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long consent to send over a path lasts without being renewed, and a peer may be silent before it counts as gone
    /// (RFC 7675).
    /// </summary>
    public TimeSpan ConsentTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest UDP payload that is sent, in bytes.</summary>
    public int MaximumPacketSize { get; init; } = 1200;

    /// <summary>
    /// Hears of each exception that the library or a handler threw and that it went on after: the place, and what. It is
    /// called on the thread that caught it. All are counted too.
    /// </summary>
    public Action<string, Exception>? OnFault { get; init; }

    /// <summary>Whether media may leave, asked at each packet; null: always. RTCP goes out anyway, so that peers hear goodbyes.</summary>
    public IMediaGate? Gate { get; init; }

    internal void Validate()
    {
        Require(BindAddresses.Count > 0, nameof(BindAddresses), "needs at least one address; 0.0.0.0 means all");
        Require(Port is >= 0 and <= 65535, nameof(Port), "must be from 0 (any free port) to 65535");
        Require(PublicPort is >= 0 and <= 65535, nameof(PublicPort), "must be from 0 (same as Port) to 65535");
        Require(MaximumPeers > 0, nameof(MaximumPeers), "must be at least 1");
        Require(MaximumHandshakesPerAddress > 0, nameof(MaximumHandshakesPerAddress), "must be at least 1");
        Require(MaximumTcpConnections > 0, nameof(MaximumTcpConnections), "must be at least 1");
        Require(ConnectTimeout > TimeSpan.Zero, nameof(ConnectTimeout), "must be more than nothing");
        Require(ConsentTimeout > TimeSpan.Zero, nameof(ConsentTimeout), "must be more than nothing");
        Require(MaximumPacketSize is >= 576 and <= 1400, nameof(MaximumPacketSize), "must be from 576 to 1400 bytes");
    }

    static void Require(bool holds, string setting, string what)
    {
        if (!holds)
            throw new ArgumentException($"{setting} {what}.", setting);
    }
}
