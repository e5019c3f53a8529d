using LiveFace.Media.Codecs.OpenH264;
using LiveFace.Media.Codecs.Vpx;
using LiveFace.Media.Frames;
using LiveFace.Media.Native;

namespace LiveFace.Media.Codecs.Registry;

/// <summary>Opens encoders and decoders.</summary>
public static class VideoCodecs
{
    /// <summary>Opens an encoder; the size is that of the first frame.</summary>
    /// <exception cref="DllNotFoundException">The codec's library is missing; the message names its package.</exception>
    public static IVideoEncoder CreateEncoder(VideoCodec codec, EncoderSettings settings)
    {
        settings.Validate();
        return codec switch
        {
            VideoCodec.Vp8 => new VpxEncoder(VideoCodec.Vp8, settings),
            VideoCodec.Vp9 => new VpxEncoder(VideoCodec.Vp9, settings),
            VideoCodec.H264 => new H264Encoder(settings),
            _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "No such codec."),
        };
    }

    /// <summary>Opens a decoder that puts its pictures into frames of <paramref name="pool"/>.</summary>
    /// <exception cref="DllNotFoundException">The codec's library is missing; the message names its package.</exception>
    public static IVideoDecoder CreateDecoder(VideoCodec codec, FramePool pool, DecoderSettings? settings = null)
    {
        settings ??= new DecoderSettings();
        settings.Validate();
        return codec switch
        {
            VideoCodec.Vp8 => new VpxDecoder(VideoCodec.Vp8, pool, settings),
            VideoCodec.Vp9 => new VpxDecoder(VideoCodec.Vp9, pool, settings),
            VideoCodec.H264 => new H264Decoder(pool, settings),
            _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "No such codec."),
        };
    }

    /// <summary>Whether a codec's library is installed.</summary>
    public static bool IsAvailable(VideoCodec codec) => NativeLibraries.IsPresent(
        codec == VideoCodec.H264 ? OpenH264Library.Name : VpxLibrary.Name);
}
