using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

/// <summary>Sizes and rates that change while a stream runs.</summary>
public sealed class CodecChangeTests : FramePoolTestBase
{
    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void A_change_of_size_makes_a_keyframe_and_the_stream_goes_on(VideoCodec codec)
    {
        using var encoder = VideoCodecs.CreateEncoder(codec, LiveStreams.Settings);
        using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        foreach (var (width, height) in new[] { (320, 240), (160, 120), (640, 360), (322, 180), (320, 240) })
        {
            for (var i = 0; i < 5; i++)
            {
                using var picture = RandomPictures.Waves(_pool, width, height, i * 0.05);
                var encoded = encoder.Encode(Openly.Redacted(picture), false);
                var (data, isKey) = (encoded.Payload.ToArray(), encoded.IsKeyFrame);
                isKey.ShouldBe(i == 0);
                decoder.Decode(data, default, out var decoded).ShouldBe(DecodeVerdict.Picture);
                using (decoded)
                    LiveStreams.LumaPsnr(picture, decoded!).ShouldBeGreaterThan(25, $"{width}×{height} frame {i}");
            }
        }
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void A_change_of_rate_takes_effect_without_a_keyframe(VideoCodec codec)
    {
        using var encoder = VideoCodecs.CreateEncoder(codec, LiveStreams.Settings with { BitsPerSecond = 1_500_000 });
        var high = Bytes(0);
        encoder.SetRate(300_000, 30);
        Bytes(45);
        var low = Bytes(90);

        (high / (double)low).ShouldBeGreaterThan(2.5);
        (low * 8 / 1.5).ShouldBeInRange(100_000, 420_000);

        long Bytes(int from)
        {
            var random = new Random(3);
            long total = 0;
            for (var i = 0; i < 45; i++)
            {
                // Noise over waves, so that there is more to say than the rate allows.
                using var picture = RandomPictures.Waves(_pool, 320, 240, (from + i) * 0.2);
                for (var y = 0; y < picture.Height; y++)
                    foreach (ref var pixel in picture.RowY(y))
                        pixel = (byte)Math.Clamp(pixel + random.Next(-12, 13), 0, 255);
                var encoded = encoder.Encode(Openly.Redacted(picture), false);
                total += encoded.Payload.Length;
                encoded.IsKeyFrame.ShouldBe(from + i == 0);
            }

            return total;
        }
    }
}
