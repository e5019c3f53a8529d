using System.Globalization;
using System.Net;
using System.Text;
using LiveFace.Cluster.Relay;
using LiveFace.Rooms.Relay;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveFace.Benchmarks.Relays;

/// <summary>
/// What viewers cost on a node that pulls a room, beside the same viewers on the node that has it, and what a pulling node
/// costs the owner: `-- relay [peers] [seconds]`. Nodes and viewers are processes of their own, so that each part's processor
/// time is read alone; what both nodes send are the same encoder's pictures.
/// </summary>
internal static class RelayCost
{
    private const int ManyNodes = 8;

    public static async Task<int> RunAsync(int peers, int seconds)
    {
        using var stage = new RelayStage();
        var meter = new RelayMeter();
        await using var app = await ServeAsync(stage, meter);
        var address = app.Urls.First();
        await stage.ShowAsync(3);
        var (alone, madeAlone) = await FanOut.MeasureAsync(() => stage.ShowAsync(seconds));

        var silent = await RunNodesAsync(stage, address, nodes: 1, peers: 0, seconds);
        var many = await RunNodesAsync(stage, address, ManyNodes, peers: 0, seconds);
        var relayed = await RunNodesAsync(stage, address, nodes: 1, peers, seconds);
        var (direct, packets) = await DirectAsync(stage, peers, seconds);

        var pictures = seconds * RelayStage.FramesPerSecond;
        Console.WriteLine($"{stage.Bytes / stage.Pictures} bytes a picture; the encoder alone takes {alone:P1} of a core");
        Console.WriteLine($"owner: one node that pulls takes {(silent.Owner - alone) * 100:F2} % of a core, {ManyNodes} nodes {(many.Owner - alone) * 100:F2} % together; "
            + $"{(silent.OwnerAllocated - madeAlone) / pictures} and {(many.OwnerAllocated - madeAlone) / pictures / ManyNodes} bytes allocated a picture and node");
        Console.WriteLine($"pulling node: without viewers {silent.Node * 100:F2} % of a core, {silent.NodeAllocated} bytes allocated a picture");
        Console.WriteLine($"{peers} viewers: pulled {relayed.Node * 100:F1} % of a core ({relayed.Packets} packets a second), "
            + $"direct {(direct - alone) * 100:F1} % ({packets} packets a second); a packet pulled costs {relayed.Node / relayed.Packets / ((direct - alone) / packets):F2} × a direct one");
        Console.WriteLine($"let go on the way: {meter.Drops(RelayDrop.QueueFull) + meter.Drops(RelayDrop.Superseded)} of {meter.Pictures} pictures");
        return 0;
    }

    private static async Task<Cost> RunNodesAsync(RelayStage stage, string address, int nodes, int peers, int seconds)
    {
        var programs = Enumerable.Range(0, nodes).Select(_ => OwnProcess.Start("relay-node", address, $"{peers}", $"{seconds}")).ToArray();
        var results = programs.Select(program => program.StandardOutput.ReadLineAsync()).ToArray();
        var pull = Task.WhenAll(results);

        // Nodes join while the stage shows; then comes the time that is measured at both ends.
        for (var i = 0; i < 4 + peers / 40; i++)
            await stage.ShowAsync(1);
        var (owner, made) = await FanOut.MeasureAsync(() => stage.ShowAsync(seconds));
        while (!pull.IsCompleted)
            await stage.ShowAsync(1);
        var read = (await pull)[0]!.Split(' ');
        foreach (var program in programs)
        {
            await program.WaitForExitAsync();
            program.Dispose();
        }

        double Number(int at) => double.Parse(read[at], CultureInfo.InvariantCulture);
        return new Cost(owner, made, Number(0), (long)Number(1), Number(2));
    }

    private static async Task<(double Core, double Packets)> DirectAsync(RelayStage stage, int peers, int seconds)
    {
        await using var endpoint = new RtcEndpoint(new() { BindAddresses = [IPAddress.Loopback], Port = 0, MaximumHandshakesPerAddress = peers });
        endpoint.Start();
        using var viewers = OwnProcess.Start("fan-out-viewers", $"{endpoint.Port}", $"{peers}", $"{seconds + 120}");
        for (var i = 0; i < peers; i++)
        {
            var offer = Encoding.UTF8.GetString(Convert.FromBase64String(await viewers.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The viewers ended.")));
            var (peer, answer) = endpoint.Accept(offer, new MediaPolicy { VideoCodecs = [RtcCodec.Vp8], StartBitrate = 1_500_000 });
            await viewers.StandardInput.WriteLineAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(answer)));
            stage.Add(new PeerOutlet(peer));
        }

        while (endpoint.Peers.Any(peer => peer.State != RtcPeerState.Connected))
            await Task.Delay(20);
        await stage.ShowAsync(3);
        var before = endpoint.Peers.Sum(peer => peer.GetStatistics().Transport.PacketsSent);
        var (core, _) = await FanOut.MeasureAsync(() => stage.ShowAsync(seconds));
        var packets = (endpoint.Peers.Sum(peer => peer.GetStatistics().Transport.PacketsSent) - before) / (double)seconds;
        viewers.Kill();
        return (core, packets);
    }

    private static async Task<WebApplication> ServeAsync(RelayStage stage, RelayMeter meter)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new RelayService(stage, new HasTheRoom(), RelayNode.Secret, meter, TimeProvider.System));
        var app = builder.Build();
        app.MapGrpcService<RelayService>();
        await app.StartAsync();
        return app;
    }

    private sealed record Cost(double Owner, long OwnerAllocated, double Node, long NodeAllocated, double Packets);
}
