using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

/// <summary>What codecs refuse, and say so.</summary>
public sealed class CodecRefusalTests : FramePoolTestBase
{
    [Fact]
    public void Sizes_and_settings_that_no_codec_takes_are_refused_by_name()
    {
        using var small = _pool.Rent(8, 8);
        using var h264 = VideoCodecs.CreateEncoder(VideoCodec.H264, LiveStreams.Settings);
        Should.Throw<ArgumentOutOfRangeException>(() => { _ = h264.Encode(Openly.Redacted(small), false); }).Message.ShouldContain("16×16");
        Should.Throw<ArgumentOutOfRangeException>(() => VideoCodecs.CreateEncoder(VideoCodec.Vp8, new EncoderSettings { BitsPerSecond = 5 })).ParamName.ShouldBe("BitsPerSecond");
        Should.Throw<ArgumentOutOfRangeException>(() => VideoCodecs.CreateEncoder(VideoCodec.Vp8, new EncoderSettings { FramesPerSecond = double.NaN })).ParamName.ShouldBe("FramesPerSecond");
        Should.Throw<ArgumentOutOfRangeException>(() => VideoCodecs.CreateDecoder(VideoCodec.Vp8, _pool, new DecoderSettings { MaximumPixels = 0 })).ParamName.ShouldBe("MaximumPixels");
        Should.Throw<InvalidOperationException>(() => { _ = h264.Encode(default, false); });
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void A_closed_codec_says_so(VideoCodec codec)
    {
        VideoCodecs.IsAvailable(codec).ShouldBeTrue();
        using var picture = RandomPictures.Waves(_pool, 64, 48, 0);
        var encoder = VideoCodecs.CreateEncoder(codec, LiveStreams.Settings);
        encoder.Dispose();
        encoder.Dispose();
        Should.Throw<ObjectDisposedException>(() => { _ = encoder.Encode(Openly.Redacted(picture), false); });
        var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        decoder.Dispose();
        decoder.Dispose();
        Should.Throw<ObjectDisposedException>(() => decoder.Decode(new byte[10], default, out _));
    }
}
