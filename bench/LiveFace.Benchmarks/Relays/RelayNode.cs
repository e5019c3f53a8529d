using System.Globalization;
using System.Net;
using System.Text;
using LiveFace.Cluster;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Relay;
using LiveFace.Media.Codecs;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Rooms.Relay;
using LiveFace.Rooms.Relay.Remote;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveFace.Benchmarks.Relays;

/// <summary>The node that pulls, in a process of its own: measures what it spends on its viewers, or on one that does nothing.</summary>
internal static class RelayNode
{
    public const string Room = "stage";
    public const string Secret = "a secret of the bench's thirty-two";

    public static async Task<int> RunAsync(string owner, int peers, int seconds)
    {
        await using var endpoint = new RtcEndpoint(new() { BindAddresses = [IPAddress.Loopback], Port = 0, MaximumHandshakesPerAddress = Math.Max(peers, 1) });
        endpoint.Start();
        var options = new RoomOptions { ViewersPerRoom = peers + 1 };
        var parts = new RoomParts(
            endpoint, null!, null!, [RtcCodec.Vp8], null!, null!, null!, _ => null, options, null!, "", TimeProvider.System, NullLogger.Instance,
            (place, error) => Console.Error.WriteLine($"{place}: {error}"));
        using var channels = new RelayChannels("node", new NodeSignature(Secret, TimeProvider.System), null);
        var meter = new RelayMeter();
        var rooms = new RelayDirectory(parts, new RelayClient(new OneOwner(new Uri(owner)), channels, Secret, TimeProvider.System), meter);
        using var viewers = peers > 0 ? OwnProcess.Start("fan-out-viewers", $"{endpoint.Port}", $"{peers}", $"{seconds + 120}") : null;
        if (viewers is null)
            rooms.Join(Room, new Silent());
        for (var i = 0; i < peers; i++)
        {
            var offer = Convert.FromBase64String(await viewers!.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The viewers ended."));
            var session = await rooms.ViewAsync(Room, Encoding.UTF8.GetString(offer));
            await viewers.StandardInput.WriteLineAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(session.AnswerSdp)));
        }

        while (endpoint.Peers.Any(peer => peer.State != RtcPeerState.Connected))
            await Task.Delay(20);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var (pictures, before) = (meter.Pictures, endpoint.Peers.Sum(peer => peer.GetStatistics().Transport.PacketsSent));
        var (core, allocated) = await FanOut.MeasureAsync(() => Task.Delay(TimeSpan.FromSeconds(seconds)));
        var packets = endpoint.Peers.Sum(peer => peer.GetStatistics().Transport.PacketsSent) - before;
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{core} {allocated / Math.Max(1, meter.Pictures - pictures)} {packets / seconds}"));
        viewers?.Kill();
        return 0;
    }

    private sealed class OneOwner(Uri address) : IRoomOwners
    {
        public string Node => "node";

        public ValueTask<RoomOwner?> FindAsync(string room, CancellationToken cancel) => ValueTask.FromResult<RoomOwner?>(new(room, "owner", address, 1));

        public ValueTask<RoomOwner> ClaimAsync(string room, CancellationToken cancel) => throw new ClusterException("Nothing is claimed here.");

        public bool Owns(string room) => false;

        public long? EpochHere(string room) => null;
    }

    private sealed class Silent : IRelayedOutlet
    {
        public VideoCodec Codec => VideoCodec.Vp8;

        public bool IsReady => true;

        public bool WatchesVideo => true;

        public long TargetBitrate => 1_000_000;

        public SendVerdict Send(in SentPicture sent) => SendVerdict.Sent;

        public SendVerdict Send(in RelayedPicture picture, in RelayTimes times) => SendVerdict.Sent;

        public void Hear(in OutgoingAudioPacket packet)
        {
        }

        public void Close()
        {
        }
    }
}
