using LiveFace.WebRtc.Negotiation;

namespace LiveFace.WebRtc.Sdp;

/// <summary>
/// Picks the one codec of a media section. The answer names it alone, with its retransmissions, so that nobody changes
/// codec in the middle.
/// </summary>
internal static class CodecChoice
{
    const RtcpFeedback VideoFeedback = RtcpFeedback.Nack | RtcpFeedback.PictureLoss | RtcpFeedback.FullIntraRequest
        | RtcpFeedback.Remb | RtcpFeedback.TransportWide;

    public static NegotiatedCodec? Video(OfferedMedia media, IReadOnlyList<RtcCodec> preferred)
    {
        foreach (var codec in preferred)
        {
            if (Find(media, codec) is { } offered)
                return Negotiate(media, codec, offered);
        }

        return null;
    }

    /// <summary>RFC 7587 7: always 48 kHz and two channels on the wire, whatever is inside.</summary>
    public static NegotiatedCodec? Audio(OfferedMedia media) =>
        media.Codecs.FirstOrDefault(codec => codec.Is("opus", 48_000) && codec.Channels == 2) is { } opus
            ? new()
            {
                Codec = RtcCodec.Opus,
                PayloadType = opus.PayloadType,
                ClockRate = 48_000,
                Channels = 2,
                Fmtp = "minptime=10;useinbandfec=1",
                Feedback = opus.Feedback & RtcpFeedback.TransportWide,
            }
            : null;

    static OfferedCodec? Find(OfferedMedia media, RtcCodec codec) => codec switch
    {
        RtcCodec.Vp8 => media.Codecs.FirstOrDefault(offered => offered.Is("VP8", 90_000)),
        RtcCodec.Vp9 => media.Codecs.FirstOrDefault(
            offered => offered.Is("VP9", 90_000) && (offered.Parameter("profile-id") ?? "0") == "0"),
        RtcCodec.H264 => media.Codecs.FirstOrDefault(offered => IsBaseline(offered, constrained: true))
            ?? media.Codecs.FirstOrDefault(offered => IsBaseline(offered, constrained: false)),
        _ => null,
    };

    /// <summary>RFC 6184 8.1: profile 66; constraint_set1 makes it the constrained one. Mode 1 has FU-A and STAP-A.</summary>
    static bool IsBaseline(OfferedCodec offered, bool constrained)
    {
        if (!offered.Is("H264", 90_000) || offered.Parameter("packetization-mode") != "1")
            return false;
        var profile = offered.Parameter("profile-level-id") ?? "420010";
        return profile.Length == 6
            && profile.StartsWith("42", StringComparison.Ordinal)
            && byte.TryParse(profile.AsSpan(2, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var constraints)
            && (constraints & 0x40) != 0 == constrained;
    }

    static NegotiatedCodec Negotiate(OfferedMedia media, RtcCodec codec, OfferedCodec offered) => new()
    {
        Codec = codec,
        PayloadType = offered.PayloadType,
        ClockRate = 90_000,
        Fmtp = codec switch
        {
            RtcCodec.Vp9 => "profile-id=0",
            RtcCodec.H264 => H264Parameters(offered),
            _ => "",
        },
        RtxPayloadType = media.Codecs.FirstOrDefault(
            rtx => rtx.Is("rtx", 90_000) && rtx.Parameter("apt") == offered.PayloadType.ToString())?.PayloadType,
        Feedback = offered.Feedback & VideoFeedback,
    };

    /// <summary>The profile must be the offer's; the level is our own where the offer lets levels differ (RFC 6184 8.2.2).</summary>
    static string H264Parameters(OfferedCodec offered)
    {
        var profile = offered.Parameter("profile-level-id") ?? "420010";
        return offered.Parameter("level-asymmetry-allowed") == "1"
            ? $"level-asymmetry-allowed=1;packetization-mode=1;profile-level-id={profile[..4]}1f"
            : $"packetization-mode=1;profile-level-id={profile}";
    }
}
