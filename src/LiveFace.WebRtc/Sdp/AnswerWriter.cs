using System.Net.Sockets;
using System.Text;
using LiveFace.WebRtc.Negotiation;

namespace LiveFace.WebRtc.Sdp;

/// <summary>Writes the answer (RFC 9429 5.3.1).</summary>
internal sealed class AnswerWriter(NegotiatedSession session, AnswerTransport transport, LocalSources sources, long maximumReceiveBitrate)
{
    const string StreamId = "stream";

    readonly StringBuilder _sdp = new(4096);
    bool _candidatesWritten;

    /// <summary>Writes it; the id stays over the session's life and the version goes up with each answer (RFC 8866 5.2).</summary>
    public string Write(ulong sessionId, int version)
    {
        Line("v=0");
        Line($"o=- {sessionId} {version} IN IP4 0.0.0.0");
        Line("s=-");
        Line("t=0 0");
        var bundled = session.Offer.Media
            .Where((media, i) => session.Sections[i] is not null && media.Mid is not null)
            .Select(media => media.Mid);
        if (bundled.Any())
            Line($"a=group:BUNDLE {string.Join(' ', bundled)}");
        Line("a=ice-lite");
        Line("a=msid-semantic: WMS *");
        for (var i = 0; i < session.Sections.Count; i++)
        {
            if (session.Sections[i] is { } media)
                WriteMedia(session.Offer.Media[i], media);
            else
                WriteRejected(session.Offer.Media[i]);
        }

        return _sdp.ToString();
    }

    /// <summary>RFC 3264 6: port zero, with the section's place and one of its formats kept.</summary>
    void WriteRejected(OfferedMedia offered)
    {
        Line($"m={offered.Line.Kind} 0 {offered.Line.Protocol} {offered.Line.Formats[0]}");
        Line("c=IN IP4 0.0.0.0");
        if (offered.Mid is not null)
            Line($"a=mid:{offered.Mid}");
        Line("a=inactive");
    }

    void WriteMedia(OfferedMedia offered, NegotiatedMedia media)
    {
        var codec = media.Codecs[0];
        var formats = codec.RtxPayloadType is { } rtxType ? $"{codec.PayloadType} {rtxType}" : $"{codec.PayloadType}";
        var first = transport.Candidates.FirstOrDefault(candidate => !candidate.IsTcp);
        Line($"m={offered.Line.Kind} {first?.Port ?? 9} {offered.Line.Protocol} {formats}");
        Line(first is null
            ? "c=IN IP4 0.0.0.0"
            : $"c=IN {(first.Address.AddressFamily is AddressFamily.InterNetworkV6 ? "IP6" : "IP4")} {first.Address}");
        if (media.Kind is MediaKind.Video && media.Direction.HasFlag(MediaDirection.ReceiveOnly))
            Line($"b=AS:{maximumReceiveBitrate / 1000}");
        if (offered.Mid is not null)
            Line($"a=mid:{offered.Mid}");
        WriteTransport();
        Line(media.Direction switch
        {
            MediaDirection.SendReceive => "a=sendrecv",
            MediaDirection.SendOnly => "a=sendonly",
            MediaDirection.ReceiveOnly => "a=recvonly",
            _ => "a=inactive",
        });
        Line("a=rtcp-mux");
        if (media.ReducedSizeRtcp)
            Line("a=rtcp-rsize");
        WriteCodec(codec);
        foreach (var (id, uri) in HeaderExtensionUris.List(media.Extensions))
            Line($"a=extmap:{id} {uri}");
        if (media.Direction.HasFlag(MediaDirection.SendOnly))
            WriteSources(media);
    }

    /// <summary>
    /// Credentials and fingerprint stand in every section, for clients that look for them there; candidates once, in
    /// the bundle's first (RFC 9143 7.1.3).
    /// </summary>
    void WriteTransport()
    {
        Line($"a=ice-ufrag:{transport.Credentials.Ufrag}");
        Line($"a=ice-pwd:{transport.Credentials.Password}");
        Line($"a=fingerprint:{transport.Fingerprint}");
        Line($"a=setup:{(session.Offer.WeConnect ? "active" : "passive")}");
        if (_candidatesWritten)
            return;
        _candidatesWritten = true;
        foreach (var candidate in transport.Candidates)
            Line($"a={candidate}");
        Line("a=end-of-candidates");
    }

    void WriteCodec(NegotiatedCodec codec)
    {
        var type = codec.PayloadType;
        Line(codec.Channels > 1
            ? $"a=rtpmap:{type} {Name(codec.Codec)}/{codec.ClockRate}/{codec.Channels}"
            : $"a=rtpmap:{type} {Name(codec.Codec)}/{codec.ClockRate}");
        if (codec.Fmtp.Length > 0)
            Line($"a=fmtp:{type} {codec.Fmtp}");
        foreach (var (flag, name) in FeedbackNames)
        {
            if (codec.Feedback.HasFlag(flag))
                Line($"a=rtcp-fb:{type} {name}");
        }

        if (codec.RtxPayloadType is not { } rtx)
            return;
        Line($"a=rtpmap:{rtx} rtx/{codec.ClockRate}");
        Line($"a=fmtp:{rtx} apt={type}");
    }

    /// <summary>RFC 8830 for msid, RFC 5576 for the sources.</summary>
    void WriteSources(NegotiatedMedia media)
    {
        var track = media.Kind is MediaKind.Video ? "video" : "audio";
        Line($"a=msid:{StreamId} {track}");
        if (media.LocalRtxSsrc != 0)
            Line($"a=ssrc-group:FID {media.LocalSsrc} {media.LocalRtxSsrc}");
        Line($"a=ssrc:{media.LocalSsrc} cname:{sources.Cname}");
        if (media.LocalRtxSsrc != 0)
            Line($"a=ssrc:{media.LocalRtxSsrc} cname:{sources.Cname}");
    }

    static readonly (RtcpFeedback Flag, string Name)[] FeedbackNames =
    [
        (RtcpFeedback.Remb, "goog-remb"),
        (RtcpFeedback.TransportWide, "transport-cc"),
        (RtcpFeedback.FullIntraRequest, "ccm fir"),
        (RtcpFeedback.Nack, "nack"),
        (RtcpFeedback.PictureLoss, "nack pli"),
    ];

    static string Name(RtcCodec codec) => codec switch
    {
        RtcCodec.Vp8 => "VP8",
        RtcCodec.Vp9 => "VP9",
        RtcCodec.H264 => "H264",
        _ => "opus",
    };

    void Line(string text) => _sdp.Append(text).Append("\r\n");
}
