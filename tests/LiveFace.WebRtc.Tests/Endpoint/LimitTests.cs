using System.Net;
using System.Security.Cryptography;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>What strangers and broken clients can do is bounded.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_flood_of_checks_for_unknown_sessions_gets_no_answer_and_keeps_nothing()
    {
        await using var endpoint = Start(new());
        using var client = new RtcTestClient();
        var (_, sdp) = endpoint.Accept(client.Offer().ToString(), new());
        client.Take(sdp.Replace("a=ice-ufrag:", "a=ice-ufrag:x", StringComparison.Ordinal), new UdpWire(endpoint.Port));
        for (var i = 0; i < 5_000; i++)
        {
            await client.Wire!.SendAsync(client.MakeCheck(RandomNumberGenerator.GetBytes(12), nominate: true));
            if (i % 50 == 0)
                await Task.Yield();
        }

        await Eventually.IsAsync(() => endpoint.Counters.Dropped(DropReason.UnknownUfrag) > 100);
        endpoint.Paths.Count.ShouldBe(0);
        client.PacketsReceived.ShouldBe(0);
    }

    [Theory]
    [InlineData("203.0.113.9", true)]
    [InlineData("127.0.0.1", false)]
    public async Task A_server_for_its_own_machine_answers_no_check_from_another(string source, bool refused)
    {
        await using var endpoint = Start(new() { SameMachineOnly = true });
        using var client = new RtcTestClient();
        var (_, sdp) = endpoint.Accept(client.Offer().ToString(), new());
        client.Take(sdp, new UdpWire(endpoint.Port));
        var check = client.MakeCheck(RandomNumberGenerator.GetBytes(12), nominate: true);
        var link = new CountingLink();
        ((IPacketReceiver)endpoint).OnDatagram(link, check, new IPEndPoint(IPAddress.Parse(source), 40_000).Serialize());
        endpoint.Counters.Dropped(DropReason.OtherMachine).ShouldBe(refused ? 1 : 0);
        (link.Sent > 0).ShouldBe(!refused);
    }

    [Fact]
    public async Task One_source_address_can_only_have_so_many_handshakes_under_way()
    {
        await using var endpoint = Start(new() { MaximumHandshakesPerAddress = 3 });
        var clients = new List<RtcTestClient>();
        for (var i = 0; i < 8; i++)
        {
            var client = new RtcTestClient();
            clients.Add(client);
            var (_, sdp) = endpoint.Accept(client.Offer().ToString(), new());
            client.Take(sdp, new UdpWire(endpoint.Port));
            await client.CheckAsync(nominate: true);
            await client.StartHalfOpenAsync();
        }

        await Eventually.IsAsync(() => endpoint.Counters.Dropped(DropReason.HandshakeLimit) >= 5);
        endpoint.Peers.Count(peer => peer.GetStatistics().Transport.DtlsState == "connecting").ShouldBe(3);
        foreach (var client in clients)
            client.Dispose();
    }

    static RtcEndpoint Start(RtcEndpointOptions options, TimeProvider? clock = null)
    {
        var endpoint = new RtcEndpoint(options with { BindAddresses = [IPAddress.Loopback], Port = 0 }, clock);
        endpoint.Start();
        return endpoint;
    }
}
