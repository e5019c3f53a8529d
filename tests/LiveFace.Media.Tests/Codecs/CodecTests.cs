using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

public sealed class CodecTests : IDisposable
{
    private readonly FramePool _pool = new();

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

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
