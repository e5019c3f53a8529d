using System.Net;
using System.Security.Cryptography;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;
using LiveFace.WebRtc.Tests.Srtp;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>What happens in a session's life, over real sockets.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    readonly RtcEndpoint _endpoint = new(new() { BindAddresses = [IPAddress.Loopback], Port = 0 });
    readonly RtcTestClient _client = new();

    public ValueTask InitializeAsync()
    {
        _endpoint.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
    }

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

    [Fact] // RFC 8445 9: a restart changes credentials; media goes on meanwhile.
    public async Task An_ice_restart_by_a_new_offer_keeps_the_session()
    {
        var peer = await _client.ConnectAsync(_endpoint);
        var before = _client.Answer!.Ufrag;
        (_client.Ufrag, _client.Password) = ("rest", RandomNumberGenerator.GetHexString(24));
        var answer = peer.RestartIce(_client.Offer().ToString());

        _client.MoveTo(new UdpWire(_endpoint.Port));
        _client.Take(answer, new UdpWire(_endpoint.Port));
        _client.Answer!.Ufrag.ShouldNotBe(before);
        await _client.CheckAsync(nominate: true);
        peer.State.ShouldBe(RtcPeerState.Connected);
        // RFC 7675: the nominated path takes over once it has answered the server's own check.
        await Eventually.IsAsync(() => peer.GetStatistics().Transport.SelectedCandidatePairChanges == 1);
    }

    [Fact] // RFC 8840, RFC 9725 4.3.2
    public async Task An_ice_restart_by_a_fragment_gives_a_fragment_back()
    {
        var peer = await _client.ConnectAsync(_endpoint);
        peer.ApplyFragment($"a=ice-ufrag:{_client.Ufrag}\r\na=ice-pwd:{_client.Password}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"
            + "a=mid:0\r\na=candidate:1 1 udp 2130706431 3a4e.local 50000 typ host\r\na=end-of-candidates\r\n").ShouldBeNull();

        _client.Ufrag = "frag";
        _client.Password = RandomNumberGenerator.GetHexString(24);
        var fragment = peer.ApplyFragment($"a=ice-ufrag:frag\r\na=ice-pwd:{_client.Password}\r\n");
        fragment.ShouldNotBeNull();
        fragment.ShouldContain("a=ice-lite");
        fragment.ShouldContain("a=candidate:");
        fragment.ShouldContain("a=mid:0");
        fragment.ShouldNotContain(_client.Answer!.Ufrag);
    }

    [Theory]
    [InlineData("a=ice-ufrag:newx\r\n", OfferRejection.NoIce)]
    [InlineData("a=candidate:nonsense\r\n", OfferRejection.Malformed)]
    [InlineData("nonsense", OfferRejection.Malformed)]
    public async Task A_fragment_that_does_not_fit_is_refused(string fragment, OfferRejection reason)
    {
        var peer = await _client.ConnectAsync(_endpoint);
        Should.Throw<OfferRejectedException>(() => peer.ApplyFragment(fragment)).Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task An_offer_for_other_media_or_another_certificate_does_not_fit()
    {
        var peer = await _client.ConnectAsync(_endpoint);
        Should.Throw<OfferRejectedException>(() => peer.RestartIce(new Offer().ToString()))
            .Reason.ShouldBe(OfferRejection.DoesNotFitSession);
        var other = _client.Offer().ToString().Replace("a=mid:1", "a=mid:7", StringComparison.Ordinal);
        Should.Throw<OfferRejectedException>(() => peer.RestartIce(other)).Reason.ShouldBe(OfferRejection.DoesNotFitSession);
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

    [Fact]
    public async Task A_goodbye_closes_the_peer_and_frees_it()
    {
        CloseReason? reason = null;
        var peer = await _client.ConnectAsync(_endpoint, prepare: made => made.Closed = (_, why) => reason = why);
        _client.Goodbye();
        await Eventually.IsAsync(() => reason is not null && _endpoint.Paths.Count == 0);
        reason.ShouldBe(CloseReason.ClosedByPeer);
        peer.State.ShouldBe(RtcPeerState.Closed);
        _endpoint.Peers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Closing_a_peer_tells_the_other_side()
    {
        var reasons = new List<CloseReason>();
        var peer = await _client.ConnectAsync(_endpoint, prepare: made => made.Closed = (_, why) => reasons.Add(why));
        peer.Close();
        peer.Close();
        await _client.Closed;
        reasons.ShouldBe([CloseReason.ClosedHere]);
        peer.SendVideo(new() { Codec = RtcCodec.Vp8, Payload = [1, 2, 3], IsKeyFrame = true })
            .ShouldBe(SendVerdict.NoSuchStream);
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

    [Fact]
    public async Task A_session_closed_as_it_connects_still_says_goodbye()
    {
        var (peer, sdp) = _endpoint.Accept(_client.Offer().ToString(), new());
        peer.Connected = made => made.Close();
        _client.Take(sdp, new UdpWire(_endpoint.Port));
        await _client.CheckAsync(nominate: true);
        _client.StartDtls();
        await _client.Closed;
    }

    [Fact]
    public async Task Stopping_the_endpoint_closes_its_peers()
    {
        CloseReason? reason = null;
        await _client.ConnectAsync(_endpoint, prepare: made => made.Closed = (_, why) => reason = why);
        await _endpoint.DisposeAsync();
        await _client.Closed;
        reason.ShouldBe(CloseReason.EndpointStopped);
        Should.Throw<OfferRejectedException>(() => _endpoint.Accept(new Offer().ToString(), new()))
            .Reason.ShouldBe(OfferRejection.EndpointFull);
    }

    internal static byte[] Opus(ushort sequence)
    {
        var packet = SrtpSessionTests.Packet(sequence, 60);
        packet[1] = 111;
        packet[12] = 0xF8;
        packet[6] = (byte)(sequence * 960 >> 8);
        packet[7] = (byte)(sequence * 960);
        (packet[10], packet[11]) = (1111 >> 8, 1111 & 0xFF);
        return packet;
    }
}
