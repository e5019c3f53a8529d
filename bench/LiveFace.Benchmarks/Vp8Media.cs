using LiveFace.WebRtc;
using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.Benchmarks;

/// <summary>A section of VP8 as browsers agree on it.</summary>
internal static class Vp8Media
{
    public static NegotiatedMedia Of(MediaDirection direction, uint ssrc) => new()
    {
        Mid = "1",
        Kind = MediaKind.Video,
        Direction = direction,
        Codecs =
        [
            new()
            {
                Codec = RtcCodec.Vp8,
                PayloadType = 96,
                ClockRate = 90_000,
                RtxPayloadType = 97,
                Feedback = RtcpFeedback.Nack | RtcpFeedback.PictureLoss | RtcpFeedback.TransportWide,
            },
        ],
        Extensions = new HeaderExtensionIds { AbsoluteSendTime = 2, TransportSequence = 3, Mid = 4, VideoOrientation = 13, PlayoutDelay = 5 },
        LocalSsrc = ssrc,
    };
}
