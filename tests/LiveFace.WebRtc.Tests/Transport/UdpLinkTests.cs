using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading.Channels;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Transport;

public sealed class UdpLinkTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly EndpointCounters _counters = new(factory: null, () => 0);
    private readonly Inbox _inbox = new();

    /// <summary>IPv6 only where the machine has it.</summary>
    public static TheoryData<string> Loopbacks =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(face => face.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address).Where(IPAddress.IsLoopback).Select(address => address.ToString()).Distinct()];

    [Theory]
    [MemberData(nameof(Loopbacks))]
    public async Task A_datagram_comes_with_its_sender_and_an_answer_goes_back_to_it(string address)
    {
        using var link = new UdpLink(1, new(IPAddress.Parse(address), 0), _counters);
        _ = link.ReceiveAsync(_inbox);
        using var peer = new UdpClient(new IPEndPoint(link.Local.Address, 0));
        await peer.SendAsync(new byte[] { 1, 2, 3 }, link.Local, TestContext.Current.CancellationToken);

        var (datagram, from) = await _inbox.NextAsync();
        datagram.ShouldBe([1, 2, 3]);
        TransportAddress.From(from).ShouldBe(TransportAddress.From((IPEndPoint)peer.Client.LocalEndPoint!));

        link.Send([4, 5], from).ShouldBeTrue();
        var answer = await peer.ReceiveAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken);
        answer.Buffer.ShouldBe([4, 5]);
        answer.RemoteEndPoint.ShouldBe(link.Local);
    }

    [Fact]
    public async Task A_datagram_that_is_too_long_is_counted_and_the_next_one_comes()
    {
        using var link = new UdpLink(1, new(IPAddress.Loopback, 0), _counters);
        _ = link.ReceiveAsync(_inbox);
        using var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await peer.SendAsync(new byte[5000], link.Local, TestContext.Current.CancellationToken);
        await peer.SendAsync(new byte[4096], link.Local, TestContext.Current.CancellationToken);

        (await _inbox.NextAsync()).Datagram.Length.ShouldBe(4096);
        _counters.Dropped(DropReason.ReceiveError).ShouldBe(1);
    }

    [Fact]
    public void What_the_kernel_does_not_take_is_counted_and_throws_nothing()
    {
        using var link = new UdpLink(1, new(IPAddress.Loopback, 0), _counters);
        // Longer than any datagram of IPv4.
        link.Send(new byte[70_000], new IPEndPoint(IPAddress.Loopback, 9).Serialize()).ShouldBeFalse();
        _counters.Dropped(DropReason.SendRefused).ShouldBe(1);
    }

    [Fact]
    public async Task Receiving_ends_when_the_link_is_disposed_and_nothing_is_sent_any_more()
    {
        var link = new UdpLink(1, new(IPAddress.Loopback, 0), _counters);
        var ended = link.ReceiveAsync(_inbox);
        link.Dispose();
        await ended.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        link.Send([1], new IPEndPoint(IPAddress.Loopback, 9).Serialize()).ShouldBeFalse();
    }

    public void Dispose() => _counters.Dispose();

    private sealed class Inbox : IPacketReceiver
    {
        private readonly Channel<(byte[] Datagram, SocketAddress From)> _came = Channel.CreateUnbounded<(byte[], SocketAddress)>();

        public async Task<(byte[] Datagram, SocketAddress From)> NextAsync() =>
            await _came.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken);

        public void OnDatagram(IPacketLink link, Span<byte> datagram, SocketAddress remote)
        {
            var from = new SocketAddress(remote.Family, remote.Size);
            remote.Buffer.Span[..remote.Size].CopyTo(from.Buffer.Span);
            _came.Writer.TryWrite((datagram.ToArray(), from));
        }

        public void OnLinkClosed(IPacketLink link, SocketAddress remote)
        {
        }
    }
}
