using LiveFace.Media.Codecs;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Pipeline;

/// <summary>The same codecs as the media library and the WebRTC library call them.</summary>
internal static class CodecNames
{
    public static RtcCodec ToRtc(VideoCodec codec) => codec switch
    {
        VideoCodec.Vp8 => RtcCodec.Vp8,
        VideoCodec.Vp9 => RtcCodec.Vp9,
        _ => RtcCodec.H264,
    };

    public static VideoCodec? FromRtc(RtcCodec codec) => codec switch
    {
        RtcCodec.Vp8 => VideoCodec.Vp8,
        RtcCodec.Vp9 => VideoCodec.Vp9,
        RtcCodec.H264 => VideoCodec.H264,
        _ => null,
    };

    /// <summary>As people are told.</summary>
    public static string? WordOf(RtcCodec? codec) => codec switch
    {
        RtcCodec.Vp8 => "vp8",
        RtcCodec.Vp9 => "vp9",
        RtcCodec.H264 => "h264",
        _ => null,
    };
}
