using System.Collections.Concurrent;
using System.Security.Cryptography;
using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Cluster.Tests.Relay;

/// <summary>The real codecs; what the encoders made is kept as its print, and what they were told.</summary>
internal sealed class TapedCodecs : IVideoCodecs
{
    private readonly LiveCodecs _codecs = new();

    /// <summary>A print of each picture that was encoded, in order.</summary>
    public ConcurrentQueue<string> Prints { get; } = new();

    public int KeyFrames { get; private set; }

    public int BitsPerSecond { get; private set; }

    public static string PrintOf(ReadOnlySpan<byte> payload) => Convert.ToHexString(SHA256.HashData(payload));

    public IVideoDecoder OpenDecoder(VideoCodec codec, FramePool pool, int maximumPixels) => _codecs.OpenDecoder(codec, pool, maximumPixels);

    public IVideoEncoder OpenEncoder(VideoCodec codec, int bitsPerSecond, double framesPerSecond)
    {
        BitsPerSecond = bitsPerSecond;
        return new Encoder(this, _codecs.OpenEncoder(codec, bitsPerSecond, framesPerSecond));
    }

    private sealed class Encoder(TapedCodecs tape, IVideoEncoder inner) : IVideoEncoder
    {
        public VideoCodec Codec => inner.Codec;

        public EncodedPicture Encode(RedactedFrame frame, bool forceKeyFrame)
        {
            var picture = inner.Encode(frame, forceKeyFrame);
            if (picture.IsEmpty)
                return picture;
            tape.Prints.Enqueue(PrintOf(picture.Payload));
            tape.KeyFrames += picture.IsKeyFrame ? 1 : 0;
            return picture;
        }

        public void SetRate(int bitsPerSecond, double framesPerSecond)
        {
            tape.BitsPerSecond = bitsPerSecond;
            inner.SetRate(bitsPerSecond, framesPerSecond);
        }

        public void Dispose() => inner.Dispose();
    }
}
