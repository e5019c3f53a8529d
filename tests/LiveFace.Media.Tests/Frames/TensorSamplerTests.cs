using System.Numerics;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

public sealed class TensorSamplerTests : FramePoolTestBase
{
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
            PlainTensor.Check(frame, region, format);
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
        PlainTensor.Check(frame, PictureRegion.Of(frame), new TensorFormat(columns, rows) { Filter = filter }, everyNth: Math.Max(1, columns * rows / 500));
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

    private static PictureRegion AnyRegion(Random random, int width, int height) => random.Next(3) switch
    {
        0 => new PictureRegion(0, 0, width, height),
        1 => new PixelRect(random.Next(width), random.Next(height), 1 + random.Next(width), 1 + random.Next(height)),
        _ => new PictureRegion(
            (random.NextDouble() - 0.3) * width, (random.NextDouble() - 0.3) * height,
            0.1 + random.NextDouble() * 2 * width, 0.1 + random.NextDouble() * 2 * height),
    };
}
