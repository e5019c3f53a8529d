using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Sandbox;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms;

/// <summary>The codecs that are installed, opened for live pictures; strangers' frames are decoded in the sandbox.</summary>
public sealed class LiveCodecs(DecoderSandbox? sandbox = null) : IVideoCodecs
{
    /// <summary>What is offered, the cheapest to encode first.</summary>
    public IReadOnlyList<RtcCodec> Spoken { get; } =
        [.. new[] { VideoCodec.Vp8, VideoCodec.H264, VideoCodec.Vp9 }.Where(VideoCodecs.IsAvailable).Select(CodecNames.ToRtc)];

    /// <inheritdoc/>
    public IVideoDecoder OpenDecoder(VideoCodec codec, FramePool pool, int maximumPixels) =>
        sandbox is null
            ? VideoCodecs.CreateDecoder(codec, pool, new DecoderSettings { MaximumPixels = maximumPixels })
            : sandbox.OpenDecoder(codec, pool, new DecoderSettings { MaximumPixels = maximumPixels });

    /// <inheritdoc/>
    public IVideoEncoder OpenEncoder(VideoCodec codec, int bitsPerSecond, double framesPerSecond) =>
        VideoCodecs.CreateEncoder(codec, new EncoderSettings
        {
            BitsPerSecond = bitsPerSecond, FramesPerSecond = framesPerSecond,
        });
}
