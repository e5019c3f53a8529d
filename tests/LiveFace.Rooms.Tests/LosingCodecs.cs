using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>The real codecs, whose decoder is lost when a test says so, as one in a process that was killed.</summary>
internal sealed class LosingCodecs : IVideoCodecs
{
    private readonly LiveCodecs _codecs = new();

    public bool LosesNext { get; set; }

    public IVideoDecoder OpenDecoder(VideoCodec codec, FramePool pool, int maximumPixels) =>
        new Decoder(this, () => _codecs.OpenDecoder(codec, pool, maximumPixels));

    public IVideoEncoder OpenEncoder(VideoCodec codec, int bitsPerSecond, double framesPerSecond) =>
        _codecs.OpenEncoder(codec, bitsPerSecond, framesPerSecond);

    private sealed class Decoder(LosingCodecs owner, Func<IVideoDecoder> open) : IVideoDecoder
    {
        private IVideoDecoder _inner = open();

        public DecodeVerdict Decode(ReadOnlySpan<byte> encoded, TimeSpan captureTime, out VideoFrame? picture)
        {
            if (!owner.LosesNext)
                return _inner.Decode(encoded, captureTime, out picture);
            owner.LosesNext = false;
            _inner.Dispose();
            _inner = open();
            picture = null;
            return DecodeVerdict.Lost;
        }

        public void Dispose() => _inner.Dispose();
    }
}
