using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Sdp;

/// <summary>Offer in, answer out, by the public surface (RFC 9429 5.3, RFC 3264).</summary>
public sealed class AnswerTests : AnswerTestBase
{
    [Theory]
    [InlineData(RtcCodec.Vp8, "96 97", "a=rtpmap:96 VP8/90000")]
    [InlineData(RtcCodec.Vp9, "98 99", "a=fmtp:98 profile-id=0")]
    [InlineData(RtcCodec.H264, "102 103", "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f")]
    public void The_answer_has_the_preferred_codec_with_its_retransmissions(RtcCodec codec, string types, string line)
    {
        var answer = Accept(new Offer(), new() { VideoCodecs = [codec] });
        answer.ShouldContain($"m=video {_endpoint.Port} UDP/TLS/RTP/SAVPF {types}\r\n");
        answer.ShouldContain(line);
        answer.ShouldContain($"a=rtpmap:{types.Split(' ')[1]} rtx/90000\r\na=fmtp:{types.Split(' ')[1]} apt={types.Split(' ')[0]}");
        answer.ShouldContain($"a=rtcp-fb:{types.Split(' ')[0]} nack pli");
        answer.ShouldContain("a=group:BUNDLE 0 1");
        answer.ShouldContain("a=ice-lite");
        answer.ShouldContain("a=setup:passive");
        answer.ShouldContain("a=extmap:13 urn:3gpp:video-orientation");
        answer.ShouldContain("a=rtpmap:111 opus/48000/2");
    }

    [Fact]
    public void The_preference_is_the_policys_and_not_the_offers() =>
        _endpoint.Accept(new Offer().ToString(), new() { VideoCodecs = [RtcCodec.H264, RtcCodec.Vp8] })
            .Peer.NegotiatedVideoCodec.ShouldBe(RtcCodec.H264);

    [Theory] // RFC 3264 6.1
    [InlineData("sendrecv", MediaDirections.All, "sendrecv", MediaDirections.All)]
    [InlineData("sendonly", MediaDirections.All, "recvonly", MediaDirections.ReceiveVideo | MediaDirections.ReceiveAudio)]
    [InlineData("recvonly", MediaDirections.All, "sendonly", MediaDirections.SendVideo | MediaDirections.SendAudio)]
    [InlineData("sendrecv", MediaDirections.SendVideo, "sendonly", MediaDirections.SendVideo)]
    public void Directions_are_the_offers_cut_down_to_the_policys(
        string offered, MediaDirections granted, string answered, MediaDirections expected)
    {
        var (peer, sdp) = _endpoint.Accept(new Offer { Direction = offered }.ToString(), new() { Directions = granted });
        sdp[sdp.IndexOf("m=video", StringComparison.Ordinal)..].ShouldContain($"a={answered}\r\n");
        peer.Directions.ShouldBe(expected);
    }

    [Fact] // RFC 3264 6: what is not taken keeps its place, with port zero.
    public void A_data_channel_is_rejected_in_its_place()
    {
        var answer = Accept(new Offer
        {
            More = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:2\r\na=sctp-port:5000\r\n",
        });
        answer.ShouldContain("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n");
        answer.ShouldContain("a=group:BUNDLE 0 1\r\n");
        new Answer(answer).Description.Media.Count.ShouldBe(3);
    }

    [Fact]
    public void A_section_that_the_client_rejected_stays_rejected()
    {
        var answer = Accept(new Offer { Audio = "m=audio 0 UDP/TLS/RTP/SAVPF 111 63\r\n" });
        answer.ShouldContain("m=audio 0 UDP/TLS/RTP/SAVPF 111\r\n");
        answer.ShouldContain("a=group:BUNDLE 1\r\n");
    }

    [Fact]
    public void A_second_video_is_answered_as_inactive()
    {
        var second = new Offer().ToString();
        second = second[second.IndexOf("m=video", StringComparison.Ordinal)..].Replace("a=mid:1", "a=mid:2", StringComparison.Ordinal);
        var offer = (new Offer() + second).Replace("BUNDLE 0 1", "BUNDLE 0 1 2", StringComparison.Ordinal);
        var (peer, sdp) = _endpoint.Accept(offer, new());
        sdp[sdp.LastIndexOf("m=video", StringComparison.Ordinal)..].ShouldContain("a=inactive");
        peer.Directions.ShouldBe(MediaDirections.All);
    }

    [Fact] // RFC 9143 7.2: what is not in the bundle would need a port of its own.
    public void Without_a_bundle_only_the_first_section_is_taken()
    {
        var answer = Accept(new Offer { Bundle = false });
        answer.ShouldContain("m=video 0 ");
        answer.ShouldContain("m=audio " + _endpoint.Port);
    }

    [Fact]
    public void Public_addresses_are_offered_first_and_tcp_beside_udp()
    {
        var answer = Accept(new Offer());
        var candidates = new Answer(answer).Description.Media[0].FindAll("candidate").ToList();
        candidates.Count.ShouldBe(6);
        candidates[0].ShouldContain($"udp 2128609535 203.0.113.9 {_endpoint.Port} typ host");
        candidates[1].ShouldContain("2001:db8::9");
        candidates[3].ShouldContain("tcptype passive");
        answer.ShouldContain("a=end-of-candidates");
    }
}
