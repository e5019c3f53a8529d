using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

public class ImageRoundTripTests
{
    public static TheoryData<ImageFormat, int, int> Sizes
    {
        get
        {
            var data = new TheoryData<ImageFormat, int, int>();
            foreach (var format in Enum.GetValues<ImageFormat>())
                foreach (var (width, height) in new[] { (96, 64), (97, 63), (1, 1), (2, 3), (3, 2), (640, 481) })
                    data.Add(format, width, height);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_picture_comes_back_as_it_went_out(ImageFormat format, int width, int height)
    {
        using var pool = new FramePool();
        using (var frame = Pictures.Gradient(pool, width, height))
        {
            var file = ImageFile.Encode(Openly.Redacted(frame), format, 95);

            ImageFile.Identify(file).ShouldBe(new ImageInfo(format, width, height, Orientation.Upright));
            using var read = ImageFile.Decode(file, pool);
            Pictures.MeanDifference(frame, read).ShouldBeLessThan(2.5);
        }

        pool.Outstanding.ShouldBe(0);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Less_quality_makes_a_smaller_file(ImageFormat format)
    {
        using var pool = new FramePool();
        using var frame = Pictures.Gradient(pool, 320, 240);
        var random = new Random(1);
        for (var y = 0; y < 240; y++)
            random.NextBytes(frame.RowY(y));

        ImageFile.Encode(Openly.Redacted(frame), format, 30).Length
            .ShouldBeLessThan(ImageFile.Encode(Openly.Redacted(frame), format, 90).Length * 3 / 4);
    }

    [Fact]
    public void The_format_is_told_from_the_content()
    {
        foreach (var format in Enum.GetValues<ImageFormat>())
            ImageFile.Identify(Pictures.File(format)).Format.ShouldBe(format);
    }
}
