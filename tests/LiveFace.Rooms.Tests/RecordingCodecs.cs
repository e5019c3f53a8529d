using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>The real codecs, and what their encoders were told last.</summary>
internal sealed class RecordingCodecs : IVideoCodecs
{
    private readonly LiveCodecs _codecs = new();

    public double FramesPerSecond { get; private set; }

    public IVideoDecoder OpenDecoder(VideoCodec codec, FramePool pool, int maximumPixels) =>
        _codecs.OpenDecoder(codec, pool, maximumPixels);

    public IVideoEncoder OpenEncoder(VideoCodec codec, int bitsPerSecond, double framesPerSecond)
    {
        FramesPerSecond = framesPerSecond;
        return new Encoder(this, _codecs.OpenEncoder(codec, bitsPerSecond, framesPerSecond));
    }

    private sealed class Encoder(RecordingCodecs owner, IVideoEncoder inner) : IVideoEncoder
    {
        public VideoCodec Codec => inner.Codec;

        public EncodedPicture Encode(RedactedFrame frame, bool forceKeyFrame) => inner.Encode(frame, forceKeyFrame);

        public void SetRate(int bitsPerSecond, double framesPerSecond)
        {
            owner.FramesPerSecond = framesPerSecond;
            inner.SetRate(bitsPerSecond, framesPerSecond);
        }

        public void Dispose() => inner.Dispose();
    }
}
