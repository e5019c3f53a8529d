using System.Net;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;
using LiveFace.WebRtc.Tests.Endpoint;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Fuzz;

/// <summary>Whatever comes at the endpoint's socket, from strangers and from a peer's own address: the session goes on.</summary>
public sealed class EndpointFuzzTests
{
    [Fact]
    public async Task Noise_at_the_socket_disturbs_no_session()
    {
        await using var endpoint = new RtcEndpoint(new() { BindAddresses = [IPAddress.Loopback], Port = 0 });
        endpoint.Start();
        using var client = new RtcTestClient();
        var got = 0;
        var peer = await client.ConnectAsync(endpoint, prepare: made => made.AudioReceived = (_, in _) => Interlocked.Increment(ref got));

        endpoint.Paths.TryFind(PathOf(endpoint), out var path).ShouldBeTrue();
        var stranger = new IPEndPoint(IPAddress.Loopback, 9).Serialize();
        var mutation = new Mutation(7);
        var check = client.MakeCheck(new byte[12], nominate: true, password: "of somebody who only guesses");
        byte[][] seeds = [check, SessionTests.Opus(1), [0x80, 200, 0, 6, .. new byte[40]], Convert.FromHexString("16FEFD0000000000000000000401020304")];
        IPacketReceiver receiver = endpoint;
        for (var i = 0; i < Mutation.Count(60_000); i++)
        {
            // GCM refuses by an exception inside, so the peer's own address gets fewer.
            var own = i % 10 == 0;
            var input = i % 3 == 0 ? mutation.RandomBytes(200) : mutation.Mutate(seeds[i % seeds.Length]);
            if (own && input.Length > 0 && input[0] is >= 20 and <= 63)
                continue;
            receiver.OnDatagram(path.Link, input, own ? path.Remote : stranger);
        }

        endpoint.Paths.Count.ShouldBe(1);
        peer.State.ShouldBe(RtcPeerState.Connected);
        await client.SendRtpAsync(SessionTests.Opus(500));
        await Eventually.IsAsync(() => Volatile.Read(ref got) == 1);
    }

    static LiveFace.WebRtc.Ice.PathKey PathOf(RtcEndpoint endpoint)
    {
        var remote = IPEndPoint.Parse(endpoint.Peers.Single().GetStatistics().Transport.RemoteAddress!);
        return new(1, LiveFace.WebRtc.Ice.TransportAddress.From(remote));
    }
}
