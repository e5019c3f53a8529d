using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

public sealed class RgbaConversionTests : FramePoolTestBase
{
    [Theory]
    [InlineData(RgbaOrder.Rgba)]
    [InlineData(RgbaOrder.Bgra)]
    public void Every_frame_becomes_the_colours_of_the_plain_version(RgbaOrder order)
    {
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var (width, height) = RandomPictures.AnySize(random, round % 3 == 0 ? 4 : 100);
            using var frame = RandomPictures.Noise(_pool, width, height, random);
            var stride = 4 * width + 4 * random.Next(5);
            var pixels = new byte[stride * height];
            Array.Fill(pixels, (byte)77);
            RgbaConversion.ToRgba(frame, pixels, stride, order);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var (r, g, b) = PlainResampling.Rgb(
                        (frame.RowY(y)[x], frame.RowU(y / 2)[x / 2], frame.RowV(y / 2)[x / 2]), YuvRange.Limited);
                    var pixel = pixels.AsSpan(y * stride + 4 * x, 4);
                    Near(pixel[order == RgbaOrder.Rgba ? 0 : 2], r);
                    Near(pixel[1], g);
                    Near(pixel[order == RgbaOrder.Rgba ? 2 : 0], b);
                    pixel[3].ShouldBe((byte)255);
                }

                if (y < height - 1)
                    pixels.AsSpan(y * stride + 4 * width, stride - 4 * width).ContainsAnyExcept((byte)77).ShouldBeFalse();
            }
        }
    }

    [Theory]
    [InlineData(RgbaOrder.Rgba)]
    [InlineData(RgbaOrder.Bgra)]
    public void Every_picture_becomes_the_luma_and_chroma_of_the_plain_version(RgbaOrder order)
    {
        var random = new Random(8);
        for (var round = 0; round < 60; round++)
        {
            var (width, height) = RandomPictures.AnySize(random, round % 3 == 0 ? 4 : 100);
            var stride = 4 * width + 4 * random.Next(5);
            var pixels = new byte[stride * height];
            random.NextBytes(pixels);
            using var frame = RandomPictures.Noise(_pool, width, height, random);
            RgbaConversion.FromRgba(pixels, stride, frame, order);
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    Near(frame.RowY(y)[x], 16 + 219 * Luma(Colour(x, y)));
            for (var y = 0; y < frame.ChromaHeight; y++)
            {
                for (var x = 0; x < frame.ChromaWidth; x++)
                {
                    double u = 0, v = 0;
                    for (var i = 0; i < 4; i++)
                    {
                        var colour = Colour(Math.Min(2 * x + (i & 1), width - 1), Math.Min(2 * y + (i >> 1), height - 1));
                        u += (colour.B - Luma(colour)) / 1.772 / 4;
                        v += (colour.R - Luma(colour)) / 1.402 / 4;
                    }

                    Near(frame.RowU(y)[x], 128 + 224 * u);
                    Near(frame.RowV(y)[x], 128 + 224 * v);
                }
            }

            (double R, double G, double B) Colour(int x, int y)
            {
                var pixel = pixels.AsSpan(y * stride + 4 * x, 4);
                var (first, third) = order == RgbaOrder.Rgba ? (pixel[0], pixel[2]) : (pixel[2], pixel[0]);
                return (first / 255.0, pixel[1] / 255.0, third / 255.0);
            }
        }
    }

    [Fact]
    public void Buffers_that_are_too_small_are_refused()
    {
        using var frame = _pool.Rent(10, 10);
        Should.Throw<ArgumentException>(() => RgbaConversion.ToRgba(frame, new byte[399], 40));
        Should.Throw<ArgumentException>(() => RgbaConversion.FromRgba(new byte[400], 39, frame));
        RgbaConversion.ToRgba(frame, new byte[400], 40);
    }

    private static double Luma((double R, double G, double B) c) => 0.299 * c.R + 0.587 * c.G + 0.114 * c.B;

    private static void Near(byte actual, double expected) =>
        (Math.Abs(actual - expected) <= 1.0).ShouldBeTrue($"{actual} for {expected:F2}");
}
