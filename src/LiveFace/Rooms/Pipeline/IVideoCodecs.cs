using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;

namespace LiveFace.Rooms.Pipeline;

/// <summary>Opens decoders and encoders for rooms.</summary>
internal interface IVideoCodecs
{
    IVideoDecoder OpenDecoder(VideoCodec codec, FramePool pool, int maximumPixels);

    IVideoEncoder OpenEncoder(VideoCodec codec, int bitsPerSecond, double framesPerSecond);
}
