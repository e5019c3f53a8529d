using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Sdp;

/// <summary>Offers of other browsers, and H.264 as they write it.</summary>
public sealed class AnswerHabitTests : AnswerTestBase
{
    [Theory] // RFC 6184 8.1
    [InlineData("packetization-mode=1;profile-level-id=42001f", true)]
    [InlineData("packetization-mode=1;profile-level-id=42c015", true)]
    [InlineData("packetization-mode=1", true)]
    [InlineData("profile-level-id=42e01f", false)]
    [InlineData("packetization-mode=0;profile-level-id=42e01f", false)]
    [InlineData("packetization-mode=1;profile-level-id=640c1f", false)]
    [InlineData("packetization-mode=1;profile-level-id=zz", false)]
    public void H264_is_taken_in_baseline_profiles_with_packetization_mode_1(string parameters, bool taken)
    {
        var offer = new Offer().ToString().Replace(
            "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f", "a=fmtp:102 " + parameters, StringComparison.Ordinal);
        var (peer, _) = _endpoint.Accept(offer, new() { VideoCodecs = [RtcCodec.H264] });
        peer.NegotiatedVideoCodec.ShouldBe(taken ? RtcCodec.H264 : null);
    }

    [Fact] // What Safari and Firefox do differently from Chromium.
    public void Habits_of_other_browsers_are_accepted()
    {
        Accept(new Offer().ToString().Replace("\r\n", "\n", StringComparison.Ordinal)).ShouldContain("a=sendrecv");
        Accept(new Offer { Video = "m=video 0 UDP/TLS/RTP/SAVPF 96 97 98 99 102 103 104\r\na=bundle-only\r\n" }
            .ToString()).ShouldContain("m=video " + _endpoint.Port);
        Accept(new Offer().ToString().Replace("UDP/TLS/RTP/SAVPF", "TCP/TLS/RTP/SAVPF", StringComparison.Ordinal))
            .ShouldContain("TCP/TLS/RTP/SAVPF 96");

        // Fingerprint, setup and credentials at the session level only.
        var offer = new Offer().ToString();
        var fingerprint = offer[offer.IndexOf("a=fingerprint", StringComparison.Ordinal)..].Split("\r\n")[0] + "\r\n";
        offer = offer.Replace(fingerprint, "", StringComparison.Ordinal).Replace("t=0 0\r\n", "t=0 0\r\n" + fingerprint, StringComparison.Ordinal);
        Accept(offer).ShouldContain("a=fingerprint:sha-256");
    }
}
