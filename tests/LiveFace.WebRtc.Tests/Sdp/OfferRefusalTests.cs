using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Sdp;

/// <summary>Offers that are refused, each with its reason.</summary>
public sealed class OfferRefusalTests : AnswerTestBase
{
    [Theory]
    [InlineData("", OfferRejection.Malformed)]
    [InlineData("hello", OfferRejection.Malformed)]
    [InlineData("v=0\r\nnot a line", OfferRejection.Malformed)]
    [InlineData("v=0\r\nm=video\r\n", OfferRejection.Malformed)]
    [InlineData("v=0\r\nm=video 99999 UDP/TLS/RTP/SAVPF 96\r\n", OfferRejection.Malformed)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n", OfferRejection.NothingInCommon)]
    public void What_is_no_offer_is_refused_with_a_reason(string sdp, OfferRejection reason) => Refused(sdp, reason);

    [Fact]
    public void Offers_that_lack_what_a_session_needs_are_refused_with_a_reason()
    {
        Refused(new Offer { Ufrag = "" }.ToString(), OfferRejection.NoIce);
        Refused(new Offer { Password = "short" }.ToString(), OfferRejection.NoIce);
        Refused(new Offer { Fingerprint = null }.ToString(), OfferRejection.NoDtls);
        Refused(new Offer { Fingerprint = "sha-1 00" }.ToString(), OfferRejection.NoDtls);
        Refused(new Offer { Setup = "holdconn" }.ToString(), OfferRejection.NoDtls);
        Refused(new Offer { RtcpMux = false }.ToString(), OfferRejection.NotBundled);
        Refused(new Offer { Direction = "inactive" }.ToString(), OfferRejection.NothingInCommon);
        Refused(new Offer { More = new string('x', 70_000) }.ToString(), OfferRejection.TooLong);
        Refused(
            new Offer().ToString().Replace("VP8", "AV1", StringComparison.Ordinal).Replace("opus", "PCMU", StringComparison.Ordinal),
            OfferRejection.NothingInCommon,
            new() { VideoCodecs = [RtcCodec.Vp8] });
    }

    [Fact]
    public void A_rejection_names_what_was_offered_and_what_is_granted()
    {
        var offer = new Offer().ToString().Replace("opus", "G722", StringComparison.Ordinal);
        var message = Refused(offer, OfferRejection.NothingInCommon, new() { VideoCodecs = [] });
        message.ShouldContain("G722");
        message.ShouldContain("VP9");
    }

    [Fact]
    public void A_full_endpoint_says_so()
    {
        for (var i = _endpoint.Peers.Count; i < _endpoint.Options.MaximumPeers; i++)
            _endpoint.Accept(new Offer().ToString(), new());
        Refused(new Offer().ToString(), OfferRejection.EndpointFull);
    }

    string Refused(string offer, OfferRejection reason, MediaPolicy? policy = null)
    {
        var rejection = Should.Throw<OfferRejectedException>(() => _endpoint.Accept(offer, policy ?? new()));
        rejection.Reason.ShouldBe(reason, rejection.Message);
        rejection.Message.Length.ShouldBeGreaterThan(20);
        return rejection.Message;
    }
}
