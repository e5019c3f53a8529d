using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms;

/// <summary>The codecs that are installed, opened for live pictures.</summary>
internal sealed class LiveCodecs : IVideoCodecs
{
    /// <summary>What is offered, the cheapest to encode first.</summary>
    public IReadOnlyList<RtcCodec> Spoken { get; } =
        [.. new[] { VideoCodec.Vp8, VideoCodec.H264, VideoCodec.Vp9 }.Where(VideoCodecs.IsAvailable).Select(CodecNames.ToRtc)];

    public IVideoDecoder OpenDecoder(VideoCodec codec, FramePool pool, int maximumPixels) =>
        VideoCodecs.CreateDecoder(codec, pool, new DecoderSettings { MaximumPixels = maximumPixels });

    public IVideoEncoder OpenEncoder(VideoCodec codec, int bitsPerSecond, double framesPerSecond) =>
        VideoCodecs.CreateEncoder(codec, new EncoderSettings
        {
            BitsPerSecond = bitsPerSecond, FramesPerSecond = framesPerSecond,
        });
}
