using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

public sealed class DamagedStreamTests : FramePoolTestBase
{
    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void A_stream_joined_in_its_middle_shows_nothing_before_a_keyframe(VideoCodec codec)
    {
        var frames = LiveStreams.Encode(codec, _pool, 160, 120, 12, keyEvery: 8);
        using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        for (var i = 3; i < frames.Count; i++)
        {
            var verdict = decoder.Decode(frames[i].Data, default, out var picture);
            picture?.Dispose();
            verdict.ShouldBe(i < 8 ? DecodeVerdict.NeedKeyFrame : DecodeVerdict.Picture, $"frame {i}");
        }
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void A_torn_frame_asks_for_a_keyframe_and_the_next_one_heals(VideoCodec codec)
    {
        var frames = LiveStreams.Encode(codec, _pool, 160, 120, 20, keyEvery: 10);
        using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        Decode(decoder, frames[0].Data).ShouldBe(DecodeVerdict.Picture);
        Decode(decoder, frames[1].Data.AsSpan(0, 2)).ShouldBe(DecodeVerdict.NeedKeyFrame);
        Decode(decoder, frames[2].Data).ShouldBe(DecodeVerdict.NeedKeyFrame);
        Decode(decoder, frames[10].Data).ShouldBe(DecodeVerdict.Picture);
        Decode(decoder, frames[11].Data).ShouldBe(DecodeVerdict.Picture);
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void An_empty_frame_shows_nothing(VideoCodec codec)
    {
        using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        Decode(decoder, default).ShouldBe(DecodeVerdict.NothingToShow);
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void A_picture_over_the_limit_is_refused_before_memory_is_taken(VideoCodec codec)
    {
        var frames = LiveStreams.Encode(codec, _pool, 320, 240, 1);
        using var strict = VideoCodecs.CreateDecoder(codec, _pool, new DecoderSettings { MaximumPixels = 320 * 240 - 1 });
        Decode(strict, frames[0].Data).ShouldBe(DecodeVerdict.NeedKeyFrame);
        using var exact = VideoCodecs.CreateDecoder(codec, _pool, new DecoderSettings { MaximumPixels = 320 * 240 });
        Decode(exact, frames[0].Data).ShouldBe(DecodeVerdict.Picture);
    }

    private static DecodeVerdict Decode(IVideoDecoder decoder, ReadOnlySpan<byte> data)
    {
        var verdict = decoder.Decode(data, default, out var picture);
        (picture is not null).ShouldBe(verdict == DecodeVerdict.Picture);
        picture?.Dispose();
        return verdict;
    }
}
