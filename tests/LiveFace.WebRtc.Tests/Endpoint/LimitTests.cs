using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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

    [Fact]
    public async Task A_peer_that_never_finishes_is_dropped_and_its_place_is_free_again()
    {
        var clock = new TimerClock();
        await using var endpoint = Start(new() { MaximumHandshakesPerAddress = 1 }, clock);
        var reasons = new ConcurrentQueue<CloseReason>();
        using (var half = new RtcTestClient())
        {
            var (peer, sdp) = endpoint.Accept(half.Offer().ToString(), new());
            peer.Closed = (_, why) => reasons.Enqueue(why);
            half.Take(sdp, new UdpWire(endpoint.Port));
            await half.CheckAsync(nominate: true);
            await half.StartHalfOpenAsync();
            await Eventually.IsAsync(() => peer.GetStatistics().Transport.DtlsState == "connecting");
            clock.Advance(endpoint.Options.ConnectTimeout * 0.9);
            endpoint.Peers.Count.ShouldBe(1);
            clock.Advance(endpoint.Options.ConnectTimeout * 0.2);
            await Eventually.IsAsync(() => !reasons.IsEmpty && endpoint.Peers.Count == 0 && endpoint.Paths.Count == 0);
        }

        reasons.ShouldBe([CloseReason.NeverConnected]);
        using var honest = new RtcTestClient();
        (await honest.ConnectAsync(endpoint)).State.ShouldBe(RtcPeerState.Connected);
    }

    // RFC 7675 5.1. Some clients answer no checks and send none after the first: they stay while media or reports come.
    [Fact]
    public async Task A_peer_that_sends_media_without_further_checks_stays_and_one_that_falls_silent_loses_consent()
    {
        var clock = new TimerClock();
        await using var endpoint = Start(new(), clock);
        var got = 0;
        var reasons = new ConcurrentQueue<CloseReason>();
        using var client = new RtcTestClient { AnswersChecks = false };
        var peer = await client.ConnectAsync(endpoint, prepare: made =>
        {
            made.AudioReceived = (_, in _) => Interlocked.Increment(ref got);
            made.Closed = (_, why) => reasons.Enqueue(why);
        });
        for (ushort sequence = 1; sequence <= 8; sequence++)
        {
            clock.Advance(endpoint.Options.ConsentTimeout * 0.6);
            await client.SendRtpAsync(SessionTests.Opus(sequence));
            await Eventually.IsAsync(() => Volatile.Read(ref got) == sequence);
        }

        peer.State.ShouldBe(RtcPeerState.Connected);
        clock.Advance(endpoint.Options.ConsentTimeout * 0.6);
        peer.State.ShouldBe(RtcPeerState.Connected);
        clock.Advance(endpoint.Options.ConsentTimeout * 0.6);
        await Eventually.IsAsync(() => !reasons.IsEmpty);
        reasons.ShouldBe([CloseReason.ConsentLost]);
    }

    [Fact]
    public async Task A_tcp_connection_that_says_nothing_useful_is_closed()
    {
        await using var endpoint = Start(new());
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, endpoint.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await ClosedAsync(client);
    }

    [Fact]
    public async Task Tcp_connections_from_one_address_are_bounded()
    {
        await using var endpoint = Start(new() { MaximumTcpConnections = 32 });
        var clients = new List<TcpClient>();
        for (var i = 0; i < 6; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, endpoint.Port, TestContext.Current.CancellationToken);
            clients.Add(client);
        }

        await Eventually.IsAsync(() => endpoint.Counters.Dropped(DropReason.TcpRefused) == 4);
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task A_peer_that_stops_reading_tcp_loses_packets_and_holds_up_nobody()
    {
        await using var endpoint = Start(new());
        using var client = new RtcTestClient();
        var peer = await client.ConnectAsync(endpoint, tcp: true);
        ((TcpWire)client.Wire!).Socket.ReceiveBufferSize = 4096;
        var payload = new byte[1000];
        using var other = new RtcTestClient();
        var reader = await other.ConnectAsync(endpoint);
        client.StopReading();

        await Eventually.IsAsync(() =>
        {
            for (var i = 0; i < 200; i++)
                peer.SendAudio(new() { Codec = RtcCodec.Opus, Payload = payload, RtpTimestamp = (uint)i * 960 });
            return endpoint.Counters.Dropped(DropReason.SendRefused) > 0;
        });

        reader.SendAudio(new() { Codec = RtcCodec.Opus, Payload = payload, RtpTimestamp = 0 });
        await Eventually.IsAsync(() => other.Received.Any(packet => packet[1] is 111 or 239));
    }

    static RtcEndpoint Start(RtcEndpointOptions options, TimeProvider? clock = null)
    {
        var endpoint = new RtcEndpoint(options with { BindAddresses = [IPAddress.Loopback], Port = 0 }, clock);
        endpoint.Start();
        return endpoint;
    }

    static async Task ClosedAsync(TcpClient client)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            (await client.GetStream().ReadAsync(new byte[1], deadline.Token)).ShouldBe(0);
        }
        catch (IOException)
        {
            // Reset is closed, too.
        }
    }
}
