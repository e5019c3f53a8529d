using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

public sealed class CodecTests : FramePoolTestBase
{
    [Theory]
    [InlineData(VideoCodec.Vp8, 320, 240)]
    [InlineData(VideoCodec.Vp8, 321, 239)]
    [InlineData(VideoCodec.Vp8, 1, 1)]
    [InlineData(VideoCodec.Vp9, 320, 240)]
    [InlineData(VideoCodec.Vp9, 321, 239)]
    [InlineData(VideoCodec.Vp9, 1, 1)]
    [InlineData(VideoCodec.H264, 320, 240)]
    [InlineData(VideoCodec.H264, 32, 18)]
    public void What_is_encoded_is_decoded_alike(VideoCodec codec, int width, int height)
    {
        using var encoder = VideoCodecs.CreateEncoder(codec, LiveStreams.Settings);
        using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        for (var i = 0; i < 20; i++)
        {
            using var picture = RandomPictures.Waves(_pool, width, height, i * 0.05);
            var encoded = encoder.Encode(Openly.Redacted(picture), false);
            var (data, isKey) = (encoded.Payload.ToArray(), encoded.IsKeyFrame);
            isKey.ShouldBe(i == 0);
            var time = TimeSpan.FromMilliseconds(33 * i);
            decoder.Decode(data, time, out var decoded).ShouldBe(DecodeVerdict.Picture);
            using (decoded)
            {
                decoded!.CaptureTime.ShouldBe(time);
                LiveStreams.LumaPsnr(picture, decoded).ShouldBeGreaterThan(28, $"frame {i}");
            }
        }
    }

    [Fact]
    public void An_odd_picture_loses_its_last_column_and_row_in_H264()
    {
        using var encoder = VideoCodecs.CreateEncoder(VideoCodec.H264, LiveStreams.Settings);
        using var decoder = VideoCodecs.CreateDecoder(VideoCodec.H264, _pool);
        using var picture = RandomPictures.Waves(_pool, 101, 75, 0);
        var data = encoder.Encode(Openly.Redacted(picture), false).Payload;
        decoder.Decode(data, default, out var decoded).ShouldBe(DecodeVerdict.Picture);
        using (decoded)
            (decoded!.Width, decoded.Height).ShouldBe((100, 74));
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void A_keyframe_comes_when_it_is_asked_for_and_not_before(VideoCodec codec)
    {
        var frames = LiveStreams.Encode(codec, _pool, 160, 120, 60, keyEvery: 25);
        for (var i = 0; i < frames.Count; i++)
            frames[i].IsKey.ShouldBe(i % 25 == 0, $"frame {i}");
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void Coding_allocates_nothing_once_it_runs(VideoCodec codec)
    {
        using var encoder = VideoCodecs.CreateEncoder(codec, LiveStreams.Settings);
        using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        using var even = RandomPictures.Waves(_pool, 320, 240, 0);
        using var odd = RandomPictures.Waves(_pool, 320, 240, 0.3);
        var (one, other) = (Openly.Redacted(even), Openly.Redacted(odd));
        for (var i = 0; i < 10; i++)
            Round(i);

        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 30; i++)
            Round(i);
        ThreadAllocations.Since(before).ShouldBe(0);

        void Round(int i)
        {
            var data = encoder.Encode((i & 1) == 0 ? one : other, i % 10 == 5).Payload;
            encoder.SetRate(700_000 + i, 30);
            if (decoder.Decode(data, default, out var picture) != DecodeVerdict.Picture)
                throw new InvalidOperationException("No picture.");
            picture!.Dispose();
        }
    }
}
