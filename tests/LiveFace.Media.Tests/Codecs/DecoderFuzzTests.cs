using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

public sealed class DecoderFuzzTests : FramePoolTestBase
{
    [Theory]
    [InlineData(VideoCodec.Vp8, 1)]
    [InlineData(VideoCodec.Vp8, 2)]
    [InlineData(VideoCodec.Vp9, 1)]
    [InlineData(VideoCodec.Vp9, 2)]
    [InlineData(VideoCodec.H264, 1)]
    public void Any_damage_to_a_real_stream_ends_in_a_verdict(VideoCodec codec, int threads)
    {
        var random = new Random(90 + (int)codec);
        var frames = LiveStreams.Encode(codec, _pool, 176, 144, 24, keyEvery: 6);
        var settings = new DecoderSettings { Threads = threads, MaximumPixels = 640 * 480 };
        for (var round = 0; round < FuzzInputs.Count(60); round++)
        {
            using var decoder = VideoCodecs.CreateDecoder(codec, _pool, settings);
            foreach (var frame in frames)
                Decode(decoder, random.Next(3) == 0 ? Damage(frame.Data, random) : frame.Data);
        }

        // A fresh keyframe still shows after all that.
        using var last = VideoCodecs.CreateDecoder(codec, _pool, settings);
        Decode(last, frames[0].Data).ShouldBe(DecodeVerdict.Picture);
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void Random_bytes_end_in_a_verdict(VideoCodec codec)
    {
        var random = new Random(5);
        using var decoder = VideoCodecs.CreateDecoder(codec, _pool, new DecoderSettings { MaximumPixels = 640 * 480 });
        for (var round = 0; round < FuzzInputs.Count(2000); round++)
        {
            var data = new byte[1 + random.Next(200)];
            random.NextBytes(data);
            Prefix(codec, random).AsSpan()[..Math.Min(10, data.Length)].CopyTo(data);
            Decode(decoder, data);
        }
    }

    private static byte[] Prefix(VideoCodec codec, Random random) => (codec, random.Next(3)) switch
    {
        (VideoCodec.Vp8, 0) => [0x10, 0x02, 0, 0x9D, 0x01, 0x2A, 64, 0, 64, 0],
        (VideoCodec.Vp9, 0) => [0x82, 0x49, 0x83, 0x42, 0x20, 0x03, 0xF0, 0x03, 0xF0, 0],
        (VideoCodec.H264, 0) => [0, 0, 0, 1, 0x67, 0x42, 0xC0, 0x1E, 0xDA, 0x05],
        (VideoCodec.H264, _) => [0, 0, 0, 1, 0x65, 0x88, 0x84, 0, 0, 1],
        _ => new byte[10],
    };

    private static byte[] Damage(byte[] frame, Random random)
    {
        var copy = frame.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return copy[..random.Next(copy.Length)];
            case 1:
                for (var i = 0; i < 1 + random.Next(8); i++)
                    copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
                return copy;
            case 2:
                random.NextBytes(copy.AsSpan(random.Next(copy.Length)));
                return copy;
            default:
                // Near the front, where the headers are.
                copy[random.Next(Math.Min(40, copy.Length))] = (byte)random.Next(256);
                return copy;
        }
    }

    private static DecodeVerdict Decode(IVideoDecoder decoder, ReadOnlySpan<byte> data)
    {
        var verdict = decoder.Decode(data, default, out var picture);
        (picture is not null).ShouldBe(verdict == DecodeVerdict.Picture);
        picture?.Dispose();
        return verdict;
    }
}
