using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>How sessions end, from either side.</summary>
public sealed class PeerEndTests : EndpointTestBase
{
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
}
