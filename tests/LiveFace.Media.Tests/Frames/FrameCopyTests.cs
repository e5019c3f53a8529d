using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

public sealed class FrameCopyTests : FramePoolTestBase
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(65, 33)]
    [InlineData(3840, 2160)]
    public void A_copy_has_the_same_pixels_and_time(int width, int height)
    {
        using var source = RandomPictures.Noise(_pool, width, height, new Random(width));
        source.CaptureTime = TimeSpan.FromMilliseconds(40);
        using var copy = _pool.Rent(width, height);
        FrameCopy.Copy(source, copy);
        FramePixels.SamePixels(source, copy);
        copy.CaptureTime.ShouldBe(source.CaptureTime);
    }

    [Fact]
    public void Any_crop_holds_the_pixels_of_its_place()
    {
        var random = new Random(12);
        for (var round = 0; round < 100; round++)
        {
            var (width, height) = RandomPictures.AnySize(random, 90);
            using var source = RandomPictures.Noise(_pool, width, height, random);
            int x = random.Next(width), y = random.Next(height);
            using var cut = _pool.Rent(1 + random.Next(width - x), 1 + random.Next(height - y));
            FrameCopy.Crop(source, x, y, cut);
            for (var row = 0; row < cut.Height; row++)
                cut.RowY(row).SequenceEqual(source.RowY(y + row).Slice(x, cut.Width)).ShouldBeTrue();
            for (var row = 0; row < cut.ChromaHeight; row++)
            {
                var fromY = Math.Min(y / 2, source.ChromaHeight - cut.ChromaHeight);
                var fromX = Math.Min(x / 2, source.ChromaWidth - cut.ChromaWidth);
                cut.RowU(row).SequenceEqual(source.RowU(fromY + row).Slice(fromX, cut.ChromaWidth)).ShouldBeTrue();
                cut.RowV(row).SequenceEqual(source.RowV(fromY + row).Slice(fromX, cut.ChromaWidth)).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void A_crop_that_reaches_out_and_a_copy_of_another_size_are_refused()
    {
        using var source = _pool.Rent(20, 10);
        using var other = _pool.Rent(10, 10);
        Should.Throw<ArgumentOutOfRangeException>(() => FrameCopy.Crop(source, 11, 0, other));
        Should.Throw<ArgumentOutOfRangeException>(() => FrameCopy.Crop(source, -1, 0, other));
        Should.Throw<ArgumentException>(() => FrameCopy.Copy(source, other));
    }

    [Fact]
    public void A_filled_picture_is_one_colour_to_its_edges()
    {
        using var frame = RandomPictures.Noise(_pool, 33, 17, new Random(2));
        FrameCopy.Fill(frame, 20, 90, 160);
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).ContainsAnyExcept((byte)20).ShouldBeFalse();
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).ContainsAnyExcept((byte)90).ShouldBeFalse();
            frame.RowV(y).ContainsAnyExcept((byte)160).ShouldBeFalse();
        }
    }
}
