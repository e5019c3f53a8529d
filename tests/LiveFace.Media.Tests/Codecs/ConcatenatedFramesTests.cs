using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

/// <summary>One buffer is one frame: what stands behind it is not decoded, whatever size it says.</summary>
public sealed class ConcatenatedFramesTests : FramePoolTestBase
{
    private static readonly DecoderSettings Small = new() { MaximumPixels = 100 * 100 };
    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    public void A_frame_behind_the_announced_one_is_not_decoded(VideoCodec codec)
    {
        var frames = LiveStreams.Encode(codec, _pool, 64, 48, 2);
        var large = LiveStreams.Encode(codec, _pool, 1920, 1080, 1)[0].Data;
        using var decoder = VideoCodecs.CreateDecoder(codec, _pool, Small);
        using var alone = VideoCodecs.CreateDecoder(codec, _pool, Small);

        ShouldBeAlike(decoder, [.. frames[0].Data, .. large], alone, frames[0].Data);
        // The stream goes on where its own frame left it.
        ShouldBeAlike(decoder, frames[1].Data, alone, frames[1].Data);
    }

    [Fact]
    public void A_small_frame_behind_a_VP9_frame_is_not_decoded_either()
    {
        var frames = LiveStreams.Encode(VideoCodec.Vp9, _pool, 64, 48, 3);
        using var decoder = VideoCodecs.CreateDecoder(VideoCodec.Vp9, _pool, Small);
        using var alone = VideoCodecs.CreateDecoder(VideoCodec.Vp9, _pool, Small);
        ShouldBeAlike(decoder, frames[0].Data, alone, frames[0].Data);
        ShouldBeAlike(decoder, [.. frames[1].Data, .. frames[2].Data], alone, frames[1].Data);
        ShouldBeAlike(decoder, frames[2].Data, alone, frames[2].Data);
    }

    [Fact]
    public void Two_pictures_in_one_H264_access_unit_are_refused()
    {
        var frames = LiveStreams.Encode(VideoCodec.H264, _pool, 64, 48, 2);
        using var decoder = VideoCodecs.CreateDecoder(VideoCodec.H264, _pool, Small);
        Decode(decoder, [.. frames[0].Data, .. frames[1].Data]).ShouldBe(DecodeVerdict.NeedKeyFrame);
        Decode(decoder, frames[0].Data).ShouldBe(DecodeVerdict.Picture);
        Decode(decoder, frames[1].Data).ShouldBe(DecodeVerdict.Picture);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(20)]
    [InlineData(21)]
    public void Layers_of_H264_that_can_have_a_size_of_their_own_are_refused(byte unitType)
    {
        var key = LiveStreams.Encode(VideoCodec.H264, _pool, 64, 48, 1)[0].Data;
        using var decoder = VideoCodecs.CreateDecoder(VideoCodec.H264, _pool, Small);
        Decode(decoder, [.. key, 0, 0, 0, 1, (byte)(0x60 | unitType), 0x53, 0xC0, 0x1E, 0x80]).ShouldBe(DecodeVerdict.NeedKeyFrame);
        Decode(decoder, key).ShouldBe(DecodeVerdict.Picture);
    }

    [Fact]
    public void A_larger_parameter_set_behind_the_picture_is_refused()
    {
        var key = LiveStreams.Encode(VideoCodec.H264, _pool, 64, 48, 1)[0].Data;
        var large = LiveStreams.Encode(VideoCodec.H264, _pool, 640, 480, 1)[0].Data;
        using var decoder = VideoCodecs.CreateDecoder(VideoCodec.H264, _pool, Small);
        Decode(decoder, [.. key, .. large]).ShouldBe(DecodeVerdict.NeedKeyFrame);
    }

    private static void ShouldBeAlike(IVideoDecoder decoder, ReadOnlySpan<byte> data, IVideoDecoder other, ReadOnlySpan<byte> otherData)
    {
        decoder.Decode(data, default, out var picture).ShouldBe(DecodeVerdict.Picture);
        other.Decode(otherData, default, out var expected).ShouldBe(DecodeVerdict.Picture);
        using (picture)
        using (expected)
            LiveStreams.LumaPsnr(picture!, expected!).ShouldBeGreaterThan(99);
    }

    private static DecodeVerdict Decode(IVideoDecoder decoder, ReadOnlySpan<byte> data)
    {
        var verdict = decoder.Decode(data, default, out var picture);
        picture?.Dispose();
        return verdict;
    }
}
