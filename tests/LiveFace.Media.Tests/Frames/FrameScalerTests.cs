using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

public sealed class FrameScalerTests : FramePoolTestBase
{
    [Fact]
    public void Any_region_scaled_to_any_size_equals_the_plain_version()
    {
        var random = new Random(4);
        var scaler = new FrameScaler();
        for (var round = 0; round < 150; round++)
        {
            var (width, height) = RandomPictures.AnySize(random, round % 4 == 0 ? 4 : 140);
            var (toWidth, toHeight) = RandomPictures.AnySize(random, round % 3 == 0 ? 4 : 90);
            var filter = (ResampleFilter)random.Next(2);
            var region = round % 2 == 0
                ? new PictureRegion(0, 0, width, height)
                : new PictureRegion(
                    (random.NextDouble() - 0.2) * width, (random.NextDouble() - 0.2) * height,
                    0.2 + random.NextDouble() * width, 0.2 + random.NextDouble() * height);
            using var source = RandomPictures.Noise(_pool, width, height, random);
            using var destination = RandomPictures.Noise(_pool, toWidth, toHeight, random);
            scaler.Scale(source, region, destination, filter);
            Check(source, region, destination, filter);
        }
    }

    [Theory]
    [InlineData(3840, 2160, 1280, 720)]
    [InlineData(1920, 1080, 3840, 2160)]
    [InlineData(641, 479, 320, 240)]
    public void Large_pictures_equal_the_plain_version(int width, int height, int toWidth, int toHeight)
    {
        using var source = RandomPictures.Noise(_pool, width, height, new Random(width));
        using var destination = _pool.Rent(toWidth, toHeight);
        new FrameScaler().Scale(source, destination);
        Check(source, PictureRegion.Of(source), destination, ResampleFilter.Area, everyNth: toWidth * toHeight / 400 + 1);
    }

    [Fact]
    public void Scaling_to_the_same_size_is_a_copy()
    {
        using var source = RandomPictures.Noise(_pool, 131, 77, new Random(9));
        source.CaptureTime = TimeSpan.FromSeconds(3);
        using var destination = _pool.Rent(131, 77);
        new FrameScaler().Scale(source, destination, ResampleFilter.Bilinear);
        FramePixels.SamePixels(source, destination);
        destination.CaptureTime.ShouldBe(source.CaptureTime);
    }

    [Fact]
    public void A_scaler_that_has_seen_its_sizes_allocates_nothing()
    {
        using var source = RandomPictures.Waves(_pool, 640, 480, 0);
        using var destination = _pool.Rent(426, 240);
        var scaler = new FrameScaler();
        scaler.Scale(source, destination);
        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 20; i++)
            scaler.Scale(source, destination);
        ThreadAllocations.Since(before).ShouldBe(0);
    }

    [Fact]
    public void A_frame_can_not_be_scaled_into_itself()
    {
        using var frame = RandomPictures.Waves(_pool, 64, 48, 0);
        Should.Throw<ArgumentException>(() => new FrameScaler().Scale(frame, frame));
    }

    private static void Check(VideoFrame source, PictureRegion region, VideoFrame destination, ResampleFilter filter, int everyNth = 1)
    {
        for (var i = 0; i < destination.Width * destination.Height; i += everyNth)
        {
            int x = i % destination.Width, y = i / destination.Width;
            var expected = PlainResampling.Pixel(
                (c, r) => source.RowY(r)[c], source.Width, source.Height, region, destination.Width, destination.Height, filter, x, y);
            Near(destination.RowY(y)[x], expected, "luma", x, y);
        }

        // One chroma pixel covers two luma columns and rows, also where only one of them is in the picture.
        var chromaRegion = new PictureRegion(
            region.X / 2, region.Y / 2,
            region.Width / destination.Width * destination.ChromaWidth, region.Height / destination.Height * destination.ChromaHeight);
        for (var i = 0; i < destination.ChromaWidth * destination.ChromaHeight; i += everyNth)
        {
            int x = i % destination.ChromaWidth, y = i / destination.ChromaWidth;
            Near(destination.RowU(y)[x], Chroma((c, r) => source.RowU(r)[c]), "U", x, y);
            Near(destination.RowV(y)[x], Chroma((c, r) => source.RowV(r)[c]), "V", x, y);

            double Chroma(PlainResampling.Plane plane) => PlainResampling.Pixel(
                plane, source.ChromaWidth, source.ChromaHeight, chromaRegion,
                destination.ChromaWidth, destination.ChromaHeight, filter, x, y);
        }
    }

    private static void Near(byte actual, double expected, string plane, int x, int y) =>
        (Math.Abs(actual - expected) < 0.75).ShouldBeTrue($"{plane} at {x},{y}: {actual} for {expected:F2}");
}
