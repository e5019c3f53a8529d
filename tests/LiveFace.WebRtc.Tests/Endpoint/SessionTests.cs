using LiveFace.WebRtc.Tests.Clients;
using LiveFace.WebRtc.Tests.Srtp;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>What happens in a session's life, over real sockets.</summary>
public sealed class SessionTests : EndpointTestBase
{
    [Fact]
    public async Task Audio_that_comes_in_can_be_sent_back()
    {
        var got = 0;
        var verdicts = new List<SendVerdict>();
        await _client.ConnectAsync(_endpoint, prepare: peer => peer.AudioReceived = (_, in packet) =>
        {
            got++;
            verdicts.Add(peer.SendAudio(new() { Codec = packet.Codec, Payload = packet.Payload, RtpTimestamp = packet.RtpTimestamp }));
        });
        for (ushort sequence = 1; sequence <= 20; sequence++)
            await _client.SendRtpAsync(Opus(sequence));

        await Eventually.IsAsync(() => got == 20);
        verdicts.ShouldAllBe(verdict => verdict == SendVerdict.Sent);
        await Eventually.IsAsync(() => _client.Received.Count(packet => packet[1] is 111 or 239) >= 20);
    }

    [Fact]
    public async Task A_client_that_changes_its_address_goes_on_without_a_new_handshake()
    {
        var got = 0;
        var peer = await _client.ConnectAsync(_endpoint, prepare: made => made.AudioReceived = (_, in _) => Interlocked.Increment(ref got));
        await _client.SendRtpAsync(Opus(1));
        await Eventually.IsAsync(() => Volatile.Read(ref got) == 1);
        var first = peer.GetStatistics().Transport.RemoteAddress;

        _client.MoveTo(new UdpWire(_endpoint.Port));
        await _client.SendRtpAsync(Opus(2));
        await _client.CheckAsync(nominate: true);
        await _client.SendRtpAsync(Opus(3));
        await Eventually.IsAsync(() => Volatile.Read(ref got) == 2);

        // The path moves once the server's own check of the new address is answered, which the packet may overtake.
        await Eventually.IsAsync(() => peer.GetStatistics().Transport.RemoteAddress != first);
        _endpoint.Counters.Dropped(DropReason.UnknownAddress).ShouldBe(1);
    }

    [Fact] // RFC 8122 6.2
    public async Task Somebody_else_than_the_offer_names_is_not_let_in()
    {
        using var stranger = new RtcTestClient();
        var reasons = new List<CloseReason>();
        var offer = _client.Offer() with { Ufrag = stranger.Ufrag, Password = stranger.Password };
        var (peer, sdp) = _endpoint.Accept(offer.ToString(), new());
        peer.Closed = (_, why) => reasons.Add(why);
        stranger.Take(sdp, new UdpWire(_endpoint.Port));
        await stranger.CheckAsync(nominate: true);
        stranger.StartDtls();

        await Eventually.IsAsync(() => peer.State is RtcPeerState.Closed && reasons.Count > 0);
        reasons.ShouldBe([CloseReason.WrongCertificate]);
    }

    [Fact]
    public async Task Handlers_that_throw_stop_nothing()
    {
        var got = 0;
        await _client.ConnectAsync(_endpoint, prepare: peer =>
        {
            peer.Connected = _ => throw new InvalidOperationException();
            peer.AudioReceived = (_, in _) =>
            {
                Interlocked.Increment(ref got);
                throw new InvalidOperationException();
            };
        });
        await _client.SendRtpAsync(Opus(1));
        await _client.SendRtpAsync(Opus(2));
        await Eventually.IsAsync(() => _endpoint.Counters.Dropped(DropReason.HandlerThrew) == 3);
        Volatile.Read(ref got).ShouldBe(2);
    }

    internal static byte[] Opus(ushort sequence)
    {
        var packet = SrtpPackets.Packet(sequence, 60);
        packet[1] = 111;
        packet[12] = 0xF8;
        packet[6] = (byte)(sequence * 960 >> 8);
        packet[7] = (byte)(sequence * 960);
        (packet[10], packet[11]) = (1111 >> 8, 1111 & 0xFF);
        return packet;
    }
}
