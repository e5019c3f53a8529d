using System.Security.Cryptography;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>New credentials for a session that goes on, by an offer or by a fragment (RFC 8445 9, RFC 8840).</summary>
public sealed class IceRestartTests : EndpointTestBase
{
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
}
