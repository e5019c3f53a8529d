using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Codecs;

/// <summary>Pictures of a clip, coded and decoded by us.</summary>
public abstract class CodecQualityTestBase : IDisposable
{
    private protected const int Width = 320;
    private protected const int Height = 240;
    private protected readonly FramePool _pool = new();
    private protected readonly List<VideoFrame> _frames = [];
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _frames.ForEach(f => f.Dispose());
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected List<byte[]> Encode(VideoCodec codec, int bitsPerSecond)
    {
        var settings = new EncoderSettings { BitsPerSecond = bitsPerSecond, FixedSpeed = 3, Threads = 1 };
        using var encoder = VideoCodecs.CreateEncoder(codec, settings);
        return _frames.Select(frame => encoder.Encode(Openly.Redacted(frame), false).Payload.ToArray()).ToList();
    }

    private protected static VideoFrame Decode(IVideoDecoder decoder, byte[] data)
    {
        decoder.Decode(data, default, out var picture).ShouldBe(DecodeVerdict.Picture);
        return picture!;
    }
}
