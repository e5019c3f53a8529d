using System.Net;
using System.Net.Sockets;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>What a stranger, or a peer that does not read, can hold up over TCP.</summary>
public sealed class TcpLimitTests
{
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
