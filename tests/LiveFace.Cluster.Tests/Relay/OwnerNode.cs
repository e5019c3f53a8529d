using System.Net;
using LiveFace.Cluster.Relay;
using LiveFace.Media.Codecs;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Rooms.Relay;
using LiveFace.Rooms.Tests;
using LiveFace.Tests.Rooms;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveFace.Cluster.Tests.Relay;

/// <summary>A node that owns a room: the real room with its pipeline and encoders, and a real gRPC server on loopback.</summary>
internal sealed class OwnerNode : IRelaySource, IAsyncDisposable
{
    public const string Room = "stage";
    public const string Secret = "a secret of thirty-two characters";

    private const string Offer =
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n" +
        "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefghijklmn\r\na=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:" +
        "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\na=setup:actpass\r\na=mid:0\r\na=sendonly\r\na=rtcp-mux\r\na=rtpmap:96 VP8/90000\r\n";

    private static readonly Lazy<EncodedClip> Clip = new(() => new EncodedClip(new PortraitScene(320, 240), 60));

    private readonly RoomsRig _rig = new();

    // The publisher's frames are put in where they would be received, and it never connects.
    private readonly RtcEndpoint _endpoint = new(new RtcEndpointOptions
    {
        Port = 0, BindAddresses = [IPAddress.Loopback], ConnectTimeout = TimeSpan.FromHours(1),
    });
    private readonly RoomDirectory _rooms;
    private readonly WebApplication _app;
    private int _sent;

    private OwnerNode(string secret, IReadOnlyList<IVideoOutlet> local)
    {
        Local = local;
        _endpoint.Start();
        _rooms = new RoomDirectory(_rig.Parts(options => options.MaximumFps = 10_000, codecs: Tape) with { Endpoint = _endpoint });
        Open = (Room)_rooms.GetOrAdd(Room);
        Publisher = Open.Publish(Offer, watchesToo: false, takeOver: true, PublisherWishes.None);
        Open.TrySetPolicy(new RedactionPolicy { NothingHidden = true }, null, out _);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        // What the kernel takes for a node that takes nothing is little, so that a test sees it full soon.
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.SendBufferSize = 16 * 1024;
            return socket;
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new RelayService(this, Owners, secret, Meter, TimeProvider.System));
        _app = builder.Build();
        _app.MapGrpcService<RelayService>();
    }

    /// <summary>Its rooms.</summary>
    public RoomDirectory Rooms => _rooms;

    public TapedCodecs Tape { get; } = new();

    public KnownOwners Owners { get; } = new("owner");

    public RelayMeter Meter { get; } = new();

    public Room Open { get; }

    public IRoomSession Publisher { get; }

    public Uri Address => new(_app.Urls.First());

    /// <summary>As the store would have it.</summary>
    public RoomOwner As(long epoch) => new(Room, "owner", Address, epoch);

    /// <summary>The feeds that were opened, in order.</summary>
    public List<RelayFeed> Feeds { get; } = [];

    private IReadOnlyList<IVideoOutlet> Local { get; }

    public static async Task<OwnerNode> StartAsync(long epoch = 1, string secret = Secret, IReadOnlyList<IVideoOutlet>? local = null)
    {
        var node = new OwnerNode(secret, local ?? []);
        node.Owners.Here = epoch;
        node.Open.Pipeline.SetOutlets([.. node.Local]);
        await node._app.StartAsync(TestContext.Current.CancellationToken);
        return node;
    }

    public RelayFeed Feed(string room, VideoCodec codec, long epoch, RelayMeter meter)
    {
        var feed = _rooms.Feed(room, codec, epoch, meter);
        lock (Feeds)
            Feeds.Add(feed);
        if (Local.Count > 0)
            Open.Pipeline.SetOutlets([.. Local, .. Feeds.Where(one => !one.IsEnded)]);
        return feed;
    }

    /// <summary>The publisher's next picture, and nothing more before it has gone through.</summary>
    public async Task ShowAsync()
    {
        var turns = Open.Pipeline.Turns;
        var at = _sent % Clip.Value.Count;
        Open.Pipeline.Receive(new ReceivedVideoFrame
        {
            Mid = "0", Codec = Clip.Value.Codec, Payload = Clip.Value.Payload(at), RtpTimestamp = (uint)_sent++ * 3000,
            ArrivalTime = Open.Pipeline.Now, IsKeyFrame = Clip.Value.IsKeyFrame(at), IsContiguous = true,
        }, source: 1);
        await Eventually.IsAsync(() => Open.Pipeline.Turns > turns);
    }

    public async Task ShowAsync(int pictures)
    {
        for (var i = 0; i < pictures; i++)
            await ShowAsync();
    }

    /// <summary>A packet of the publisher's sound.</summary>
    public void Hear(byte[] payload)
    {
        var peer = ((RoomSession)Publisher).Peer;
        peer.AudioReceived!(peer, new ReceivedAudioPacket { Mid = "1", Codec = RtcCodec.Opus, Payload = payload, RtpTimestamp = 0, SequenceNumber = 1, ArrivalTime = Open.Pipeline.Now });
    }

    /// <summary>Breaks off every connection, and takes no new one.</summary>
    public async Task KillAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _app.DisposeAsync();
        _rooms.Dispose();
        await _endpoint.DisposeAsync();
        await _rig.Endpoint.DisposeAsync();
        _rig.Dispose();
    }
}
