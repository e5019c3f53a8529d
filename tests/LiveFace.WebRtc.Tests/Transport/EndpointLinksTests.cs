using System.Net;
using System.Net.Sockets;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Transport;

/// <summary>Linux takes every address of 127.0.0.0/8 for the machine's own, so they can come and go here.</summary>
public sealed class EndpointLinksTests : IAsyncLifetime
{
    static readonly IPAddress Second = IPAddress.Parse("127.0.0.2");

    readonly TimerClock _clock = new();
    readonly RtcEndpoint _endpoint;
    IPAddress[] _machine = [IPAddress.Loopback];

    public EndpointLinksTests() =>
        _endpoint = new(new() { BindAddresses = [IPAddress.Any], Port = 0 }, _clock, null, _ => _machine);

    public ValueTask InitializeAsync()
    {
        _endpoint.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Fact]
    public async Task A_free_port_is_one_that_is_free_over_tcp_too()
    {
        // So many ports are taken over TCP alone that some of these endpoints would begin with one of them.
        var taken = Enumerable.Range(0, 600).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        taken.ForEach(listener => listener.Start());
        try
        {
            for (var i = 0; i < 200; i++)
            {
                await using var endpoint = new RtcEndpoint(new() { BindAddresses = [IPAddress.Loopback], Port = 0 });
                endpoint.Start();
                taken.ShouldAllBe(listener => ((IPEndPoint)listener.LocalEndpoint).Port != endpoint.Port);
            }
        }
        finally
        {
            taken.ForEach(listener => listener.Dispose());
        }
    }

    [Fact]
    public async Task An_address_that_comes_later_is_offered_and_served_on_the_same_port()
    {
        Offered().ShouldBe(["127.0.0.1"]);
        Change(IPAddress.Loopback, Second);
        Offered().ShouldBe(["127.0.0.1", "127.0.0.2"]);

        using var client = new RtcTestClient();
        var (peer, sdp) = _endpoint.Accept(client.Offer().ToString(), new());
        client.Take(sdp, new UdpWire(_endpoint.Port, Second));
        await client.CheckAsync(nominate: true);
        client.StartDtls();
        await Eventually.IsAsync(() => peer.State is RtcPeerState.Connected);
        peer.GetStatistics().Transport.LocalAddress.ShouldBe($"127.0.0.2:{_endpoint.Port}");
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Second, _endpoint.Port, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void An_address_that_goes_is_offered_no_more_and_its_sockets_close_when_it_stays_away()
    {
        Change(IPAddress.Loopback, Second);
        Offered().Count.ShouldBe(2);
        Change(IPAddress.Loopback);
        Offered().ShouldBe(["127.0.0.1"]);
        IsTaken(Second).ShouldBeTrue("its sessions would go on if it came back soon");
        Change(IPAddress.Loopback, Second);
        Offered().Count.ShouldBe(2);

        Change(IPAddress.Loopback);
        Offered().ShouldBe(["127.0.0.1"]);
        _clock.Advance(_endpoint.Options.ConsentTimeout * 1.1);
        Change(IPAddress.Loopback);
        Offered().ShouldBe(["127.0.0.1"]);
        SpinWait.SpinUntil(() => !IsTaken(Second), TimeSpan.FromSeconds(60)).ShouldBeTrue();
    }

    [Fact]
    public void An_address_whose_port_is_taken_keeps_nobody_from_the_others()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(Second, _endpoint.Port));
        Change(IPAddress.Loopback, Second);
        Offered().ShouldBe(["127.0.0.1"]);
        _endpoint.Counters.Dropped(DropReason.AddressRefused).ShouldBe(1);
    }

    void Change(params IPAddress[] machine)
    {
        _machine = machine;
        _endpoint.Links.OnAddressChanged(null, EventArgs.Empty);
    }

    List<string> Offered() => [.. _endpoint.Candidates.Where(candidate => !candidate.IsTcp).Select(candidate => $"{candidate.Address}")];

    bool IsTaken(IPAddress address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(address, _endpoint.Port));
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
