using System.Text;

namespace LiveFace.WebRtc.Tests.Clients;

/// <summary>Writes offers as a browser would, with parts that tests leave out or change.</summary>
internal sealed record Offer
{
    public string Ufrag { get; init; } = "abcd";

    public string Password { get; init; } = "0123456789abcdefghijklmn";

    public string? Fingerprint { get; init; } =
        "sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";

    public string Setup { get; init; } = "actpass";

    public string Direction { get; init; } = "sendrecv";

    public bool Bundle { get; init; } = true;

    public bool RtcpMux { get; init; } = true;

    public string Audio { get; init; } = "m=audio 9 UDP/TLS/RTP/SAVPF 111 63\r\n";

    public string Video { get; init; } = "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 102 103 104\r\n";

    public string More { get; init; } = "";

    public override string ToString()
    {
        var sdp = new StringBuilder("v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
        if (Bundle)
            sdp.Append("a=group:BUNDLE 0 1\r\n");
        sdp.Append("a=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n");
        sdp.Append(Audio).Append("c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n");
        AppendCommon(sdp, "0");
        sdp.Append("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n");
        AppendExtensions(sdp);
        sdp.Append("a=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n");
        sdp.Append("a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\na=ssrc:1111 cname:c\r\n");
        sdp.Append(Video).Append("c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n");
        AppendCommon(sdp, "1");
        AppendExtensions(sdp);
        sdp.Append("a=extmap:13 urn:3gpp:video-orientation\r\n");
        sdp.Append("a=extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay\r\na=rtcp-rsize\r\n");
        AppendVideo(sdp, 96, 97, "VP8", "");
        AppendVideo(sdp, 98, 99, "VP9", "profile-id=0");
        AppendVideo(sdp, 102, 103, "H264", "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");
        AppendVideo(sdp, 104, null, "H264", "level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f");
        sdp.Append("a=ssrc-group:FID 2222 3333\r\na=ssrc:2222 cname:c\r\na=ssrc:3333 cname:c\r\n");
        return sdp.Append(More).ToString();
    }

    void AppendCommon(StringBuilder sdp, string mid)
    {
        if (Ufrag.Length > 0)
            sdp.Append($"a=ice-ufrag:{Ufrag}\r\na=ice-pwd:{Password}\r\na=ice-options:trickle\r\n");
        if (Fingerprint is not null)
            sdp.Append($"a=fingerprint:{Fingerprint}\r\n");
        sdp.Append($"a=setup:{Setup}\r\na=mid:{mid}\r\na={Direction}\r\n");
        if (RtcpMux)
            sdp.Append("a=rtcp-mux\r\n");
    }

    static void AppendExtensions(StringBuilder sdp) => sdp
        .Append("a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time\r\n")
        .Append("a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n")
        .Append("a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n");

    static void AppendVideo(StringBuilder sdp, int type, int? rtx, string name, string fmtp)
    {
        sdp.Append($"a=rtpmap:{type} {name}/90000\r\n");
        foreach (var feedback in (ReadOnlySpan<string>)["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"])
            sdp.Append($"a=rtcp-fb:{type} {feedback}\r\n");
        if (fmtp.Length > 0)
            sdp.Append($"a=fmtp:{type} {fmtp}\r\n");
        if (rtx is not null)
            sdp.Append($"a=rtpmap:{rtx} rtx/90000\r\na=fmtp:{rtx} apt={type}\r\n");
    }
}
