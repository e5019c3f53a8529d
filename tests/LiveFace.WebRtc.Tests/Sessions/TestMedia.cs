using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>What two sessions agree on in tests: one m-line of video and one of audio, mirrored for the other side.</summary>
internal static class TestMedia
{
    public const RtcpFeedback AllFeedback = RtcpFeedback.Nack | RtcpFeedback.PictureLoss
        | RtcpFeedback.FullIntraRequest | RtcpFeedback.Remb | RtcpFeedback.TransportWide;

    public static readonly HeaderExtensionIds AllExtensions = new()
    {
        Mid = 4,
        TransportSequence = 3,
        AbsoluteSendTime = 2,
        VideoOrientation = 13,
        PlayoutDelay = 5,
    };

    public static NegotiatedMedia Video(
        uint localSsrc, MediaDirection direction = MediaDirection.SendReceive, bool rtx = true,
        RtcpFeedback feedback = AllFeedback, HeaderExtensionIds? extensions = null, bool reducedSize = true) => new()
        {
            Mid = "0",
            Kind = MediaKind.Video,
            Direction = direction,
            Codecs =
        [
            Codec(RtcCodec.Vp8, 96, rtx ? (byte)97 : null, feedback),
            Codec(RtcCodec.Vp9, 98, rtx ? (byte)99 : null, feedback),
            Codec(RtcCodec.H264, 102, rtx ? (byte)103 : null, feedback),
        ],
            Extensions = extensions ?? AllExtensions,
            LocalSsrc = localSsrc,
            LocalRtxSsrc = rtx ? localSsrc + 1 : 0,
            ReducedSizeRtcp = reducedSize,
        };

    public static NegotiatedMedia Audio(
        uint localSsrc, MediaDirection direction = MediaDirection.SendReceive,
        RtcpFeedback feedback = RtcpFeedback.TransportWide) => new()
        {
            Mid = "1",
            Kind = MediaKind.Audio,
            Direction = direction,
            Codecs =
        [
            new NegotiatedCodec
            {
                Codec = RtcCodec.Opus,
                PayloadType = 111,
                ClockRate = 48_000,
                Channels = 2,
                Fmtp = "minptime=10;useinbandfec=1",
                Feedback = feedback,
            },
        ],
            Extensions = AllExtensions,
            LocalSsrc = localSsrc,
            ReducedSizeRtcp = true,
        };

    public static MediaSessionOptions Options(int seed = 1) => new()
    {
        ClockOrigin = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Cname = "test",
        Random = new Random(seed),
    };

    private static NegotiatedCodec Codec(RtcCodec codec, byte payloadType, byte? rtx, RtcpFeedback feedback) => new()
    {
        Codec = codec,
        PayloadType = payloadType,
        ClockRate = 90_000,
        RtxPayloadType = rtx,
        Feedback = feedback,
    };
}
