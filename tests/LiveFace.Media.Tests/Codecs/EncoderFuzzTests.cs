using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

public sealed class EncoderFuzzTests : FramePoolTestBase
{
    [Theory]
    [InlineData(VideoCodec.Vp8, 1)]
    [InlineData(VideoCodec.Vp8, 4)]
    [InlineData(VideoCodec.Vp9, 1)]
    [InlineData(VideoCodec.Vp9, 4)]
    [InlineData(VideoCodec.H264, 1)]
    [InlineData(VideoCodec.H264, 3)]
    public void Any_order_of_sizes_rates_and_keyframes_gives_a_stream_that_decodes(VideoCodec codec, int threads)
    {
        var random = new Random(7 * threads + (int)codec);
        using var encoder = VideoCodecs.CreateEncoder(codec, LiveStreams.Settings with { Threads = threads, MayDropFrames = true });
        using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        var least = codec == VideoCodec.H264 ? 16 : 1;
        for (var round = 0; round < FuzzInputs.Count(25); round++)
        {
            int width = least + random.Next(round % 3 == 0 ? 20 : 500), height = least + random.Next(round % 4 == 0 ? 20 : 300);
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                using var picture = random.Next(2) == 0
                    ? RandomPictures.Noise(_pool, width, height, random)
                    : RandomPictures.Waves(_pool, width, height, random.NextDouble());
                if (random.Next(3) == 0)
                    encoder.SetRate(random.Next(-5, 5_000_000), random.NextDouble() * 100 - 5);
                var data = encoder.Encode(Openly.Redacted(picture), random.Next(6) == 0).Payload;
                if (data.IsEmpty)
                    continue;
                decoder.Decode(data, default, out var decoded).ShouldBe(DecodeVerdict.Picture, $"{width}×{height}");
                using (decoded)
                {
                    var even = codec == VideoCodec.H264 ? ~1 : ~0;
                    (decoded!.Width, decoded.Height).ShouldBe((width & even, height & even));
                }
            }
        }
    }
}
