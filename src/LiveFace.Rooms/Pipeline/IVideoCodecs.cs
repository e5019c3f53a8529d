using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;

namespace LiveFace.Rooms.Pipeline;

/// <summary>Opens decoders and encoders for rooms.</summary>
public interface IVideoCodecs
{
    /// <summary>A decoder whose pictures come from the pool.</summary>
    IVideoDecoder OpenDecoder(VideoCodec codec, FramePool pool, int maximumPixels);

    /// <summary>An encoder that begins with a keyframe.</summary>
    IVideoEncoder OpenEncoder(VideoCodec codec, int bitsPerSecond, double framesPerSecond);
}
