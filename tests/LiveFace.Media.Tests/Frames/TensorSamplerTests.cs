using System.Numerics;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

public sealed class TensorSamplerTests : IDisposable
{
    /// <summary>The most that fixed-point mixing may differ from the plain version, in levels of 0 to 255, in colour.</summary>
    private const double Tolerance = 0.6;

    private readonly FramePool _pool = new();

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    [Theory]
    [InlineData(TensorChannels.Rgb, TensorLayout.Nchw)]
    [InlineData(TensorChannels.Bgr, TensorLayout.Nchw)]
    [InlineData(TensorChannels.Rgb, TensorLayout.Nhwc)]
    [InlineData(TensorChannels.Bgr, TensorLayout.Nhwc)]
    [InlineData(TensorChannels.Grey, TensorLayout.Nchw)]
    [InlineData(TensorChannels.Grey, TensorLayout.Nhwc)]
    public void Any_region_of_any_picture_equals_the_plain_version(TensorChannels channels, TensorLayout layout)
    {
        var random = new Random(20 + (int)channels + 10 * (int)layout);
        for (var round = 0; round < 60; round++)
        {
            var (width, height) = RandomPictures.AnySize(random, round % 4 == 0 ? 5 : 150);
            var (columns, rows) = RandomPictures.AnySize(random, round % 3 == 0 ? 4 : 70);
            var format = new TensorFormat(columns, rows)
            {
                Channels = channels,
                Layout = layout,
                Mean = new Vector3(103.5f, 116.3f, 123.7f),
                Scale = new Vector3(1 / 57.4f, 1 / 57.1f, 1 / 58.4f),
                Fit = (TensorFit)random.Next(3),
                Filter = (ResampleFilter)random.Next(2),
                Range = (YuvRange)random.Next(2),
                Padding = 114,
            };
            var region = AnyRegion(random, width, height);
            using var frame = RandomPictures.Noise(_pool, width, height, random);
            Check(frame, region, format);
        }
    }

    [Theory]
    [InlineData(1920, 1080, 320, 240, ResampleFilter.Area)]
    [InlineData(640, 480, 320, 240, ResampleFilter.Bilinear)]
    [InlineData(3840, 2160, 64, 36, ResampleFilter.Area)]
    [InlineData(3840, 2160, 1, 1, ResampleFilter.Area)]
    [InlineData(1, 1, 33, 17, ResampleFilter.Bilinear)]
    [InlineData(64, 48, 64, 48, ResampleFilter.Bilinear)]
    [InlineData(1, 2160, 7, 5, ResampleFilter.Area)]
    public void Whole_pictures_of_notable_sizes_equal_the_plain_version(int width, int height, int columns, int rows, ResampleFilter filter)
    {
        using var frame = RandomPictures.Noise(_pool, width, height, new Random(width));
        Check(frame, PictureRegion.Of(frame), new TensorFormat(columns, rows) { Filter = filter }, everyNth: Math.Max(1, columns * rows / 500));
    }

    [Fact]
    public void A_flat_picture_stays_flat_at_every_size_and_filter()
    {
        using var frame = _pool.Rent(1000, 700);
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).Fill(235);
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).Fill(128);
            frame.RowV(y).Fill(128);
        }

        foreach (var size in new[] { 1, 3, 10, 61, 333, 1500 })
        {
            foreach (var filter in Enum.GetValues<ResampleFilter>())
            {
                var format = new TensorFormat(size, size) { Filter = filter };
                var tensor = new float[format.Length];
                new TensorSampler(format).Sample(frame, tensor);
                tensor.Min().ShouldBe(255, 0.2, $"{size} {filter}");
                tensor.Max().ShouldBe(255, 0.01, $"{size} {filter}");
            }
        }
    }

    [Fact]
    public void What_is_found_in_the_tensor_leads_back_to_the_picture()
    {
        using var frame = RandomPictures.Waves(_pool, 640, 360, 0);
        var format = new TensorFormat(320, 320) { Fit = TensorFit.LetterboxCentred };
        var mapping = new TensorSampler(format).Sample(frame, new PictureRegion(100, 60, 400, 200), new float[format.Length]);

        mapping.PictureX(0).ShouldBe(100);
        mapping.PictureX(320).ShouldBe(500);
        mapping.PictureY(80).ShouldBe(60);
        mapping.PictureY(240).ShouldBe(260);
    }

    [Theory]
    [InlineData(TensorChannels.Rgb, TensorLayout.Nchw)]
    [InlineData(TensorChannels.Grey, TensorLayout.Nhwc)]
    public void A_matrix_that_only_scales_and_moves_makes_what_a_region_makes(TensorChannels channels, TensorLayout layout)
    {
        using var frame = RandomPictures.Waves(_pool, 201, 155, 0);
        var format = new TensorFormat(41, 23) { Channels = channels, Layout = layout };
        var region = new PictureRegion(-8, 31.5, 123, 92);
        float[] straight = new float[format.Length], turned = new float[format.Length];
        var sampler = new TensorSampler(format);
        sampler.Sample(frame, region, straight);
        var matrix = Matrix3x2.CreateScale(123f / 41, 92f / 23) * Matrix3x2.CreateTranslation(-8, 31.5f);
        sampler.Sample(frame, matrix, turned);
        for (var i = 0; i < straight.Length; i++)
            (Math.Abs(straight[i] - turned[i]) < Tolerance).ShouldBeTrue($"{i}: {turned[i]} for {straight[i]}");
    }

    [Fact]
    public void A_matrix_that_turns_makes_what_a_turned_picture_makes()
    {
        using var frame = RandomPictures.Waves(_pool, 64, 48, 0);
        using var upright = _pool.Rent(48, 64);
        FrameRotation.Rotate(frame, QuarterTurns.Clockwise, upright);
        var sampler = new TensorSampler(new TensorFormat(48, 64));
        float[] expected = new float[sampler.Format.Length], turned = new float[sampler.Format.Length];
        sampler.Sample(upright, expected);
        // The column of the turned picture is the row of the other, from below.
        sampler.Sample(frame, new Matrix3x2(0, -1, 1, 0, 0, 48), turned);
        for (var i = 0; i < expected.Length; i++)
            (Math.Abs(expected[i] - turned[i]) < Tolerance).ShouldBeTrue($"{i}: {turned[i]} for {expected[i]}");
    }

    [Fact]
    public void A_matrix_that_leads_nowhere_stays_inside_the_picture()
    {
        using var frame = RandomPictures.Waves(_pool, 64, 48, 0);
        var sampler = new TensorSampler(new TensorFormat(8, 8));
        var tensor = new float[sampler.Format.Length];
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, 1e30f, -1e30f })
        {
            sampler.Sample(frame, new Matrix3x2(value, 0, 0, 1, 0, 0), tensor);
            sampler.Sample(frame, new Matrix3x2(1, 0, 0, 1, value, value), tensor);
            tensor.ShouldAllBe(v => v >= 0 && v <= 255);
        }
    }

    [Fact]
    public void A_sampler_that_has_seen_its_sizes_allocates_nothing()
    {
        using var large = RandomPictures.Waves(_pool, 640, 480, 0);
        using var small = RandomPictures.Waves(_pool, 320, 180, 1);
        var format = new TensorFormat(320, 240) { Fit = TensorFit.LetterboxTopLeft, Filter = ResampleFilter.Area };
        var sampler = new TensorSampler(format);
        var tensor = new float[format.Length];
        Steady();

        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 20; i++)
            Steady();
        ThreadAllocations.Since(before).ShouldBe(0);

        void Steady()
        {
            sampler.Sample(large, tensor);
            sampler.Sample(large, new PictureRegion(13, 7, 200, 150), tensor);
            sampler.Sample(small, tensor);
        }
    }

    [Fact]
    public void A_region_or_a_buffer_that_makes_no_sense_is_refused()
    {
        using var frame = RandomPictures.Waves(_pool, 64, 48, 0);
        var format = new TensorFormat(8, 8);
        var sampler = new TensorSampler(format);
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(frame, new PictureRegion(0, 0, 0, 5), new float[format.Length]));
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(frame, new PictureRegion(double.NaN, 0, 5, 5), new float[format.Length]));
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(frame, new PictureRegion(0, 0, 1e9, 5), new float[format.Length]));
        Should.Throw<ArgumentException>(() => sampler.Sample(frame, new float[format.Length - 1]));
        Should.Throw<ArgumentOutOfRangeException>(() => new TensorSampler(new TensorFormat(0, 8)));
    }

    private static PictureRegion AnyRegion(Random random, int width, int height) => random.Next(3) switch
    {
        0 => new PictureRegion(0, 0, width, height),
        1 => new PixelRect(random.Next(width), random.Next(height), 1 + random.Next(width), 1 + random.Next(height)),
        _ => new PictureRegion(
            (random.NextDouble() - 0.3) * width, (random.NextDouble() - 0.3) * height,
            0.1 + random.NextDouble() * 2 * width, 0.1 + random.NextDouble() * 2 * height),
    };

    private static void Check(VideoFrame frame, PictureRegion region, TensorFormat format, int everyNth = 1)
    {
        var tensor = new float[format.Length + 8];
        Array.Fill(tensor, float.NaN);
        var mapping = new TensorSampler(format).Sample(frame, region, tensor);
        tensor.AsSpan(format.Length).ToArray().ShouldAllBe(v => float.IsNaN(v));

        var content = Content(region, format);
        mapping.PictureX(content.X).ShouldBe((float)region.X, 0.01 + frame.Width * 1e-4);
        for (var i = 0; i < format.Width * format.Height; i += everyNth)
        {
            int x = i % format.Width, y = i / format.Width;
            var expected = Expected(frame, region, format, content, x, y);
            for (var c = 0; c < format.ChannelCount; c++)
            {
                var index = format.Layout == TensorLayout.Nchw
                    ? (c * format.Height + y) * format.Width + x
                    : (y * format.Width + x) * format.ChannelCount + c;
                var level = tensor[index] / format.Scale[c] + format.Mean[c];
                // As a condition, because NaN would sort below any tolerance.
                (Math.Abs(level - expected[c]) < Tolerance).ShouldBeTrue(
                    $"{frame.Width}x{frame.Height} {region} {format} at {x},{y} channel {c}: {level} for {expected[c]}");
            }
        }
    }

    private static double[] Expected(VideoFrame frame, PictureRegion region, TensorFormat format, PixelRect content, int x, int y)
    {
        if (x < content.X || y < content.Y || x >= content.Right || y >= content.Bottom)
            return [format.Padding, format.Padding, format.Padding];
        var levels = PlainResampling.Levels(frame, region, content.Width, content.Height, format.Filter, x - content.X, y - content.Y);
        if (format.Channels == TensorChannels.Grey)
        {
            var grey = PlainResampling.Rgb(levels with { U = 128, V = 128 }, format.Range).R;
            return [grey];
        }

        var (r, g, b) = PlainResampling.Rgb(levels, format.Range);
        return format.Channels == TensorChannels.Rgb ? [r, g, b] : [b, g, r];
    }

    private static PixelRect Content(PictureRegion region, TensorFormat format)
    {
        if (format.Fit == TensorFit.Stretch)
            return new PixelRect(0, 0, format.Width, format.Height);
        var scale = Math.Min(format.Width / region.Width, format.Height / region.Height);
        var width = Math.Clamp((int)Math.Round(region.Width * scale), 1, format.Width);
        var height = Math.Clamp((int)Math.Round(region.Height * scale), 1, format.Height);
        return format.Fit == TensorFit.LetterboxTopLeft
            ? new PixelRect(0, 0, width, height)
            : new PixelRect((format.Width - width) / 2, (format.Height - height) / 2, width, height);
    }
}
