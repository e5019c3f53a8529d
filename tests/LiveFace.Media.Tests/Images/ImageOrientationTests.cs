using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

public class ImageOrientationTests
{
    /// <summary>Where the stored picture's upper left corner is to be seen, by EXIF's definition of each value.</summary>
    private static readonly (bool Right, bool Bottom)[] Corner =
    [
        default, (false, false), (true, false), (true, true), (false, true), (false, false), (true, false), (true, true), (false, true),
    ];

    public static TheoryData<ImageFormat, int> All
    {
        get
        {
            var data = new TheoryData<ImageFormat, int>();
            foreach (var format in Enum.GetValues<ImageFormat>())
                for (var orientation = 1; orientation <= 8; orientation++)
                    data.Add(format, orientation);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_stored_picture_is_turned_upright(ImageFormat format, int orientation)
    {
        using var pool = new FramePool();
        var file = ExifBytes.Into(Pictures.File(format), format, ExifBytes.Make(orientation, little: orientation % 2 == 0));

        var info = ImageFile.Identify(file);
        using (var frame = ImageFile.Decode(file, pool))
        {
            ((int)info.Orientation).ShouldBe(orientation);
            (frame.Width, frame.Height).ShouldBe(orientation >= 5 ? (64, 96) : (96, 64));
            (info.ShownWidth, info.ShownHeight).ShouldBe((frame.Width, frame.Height));
            var (right, bottom) = Corner[orientation];
            ((int)frame.RowY(bottom ? frame.Height - 4 : 3)[right ? frame.Width - 4 : 3]).ShouldBeGreaterThan(200);
            ((int)frame.RowY(bottom ? 3 : frame.Height - 4)[right ? frame.Width - 4 : 3]).ShouldBeLessThan(180);
            ((int)frame.RowY(bottom ? frame.Height - 4 : 3)[right ? 3 : frame.Width - 4]).ShouldBeLessThan(180);
        }

        pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void Rows_become_columns_where_the_orientation_says_so()
    {
        // 5 mirrors along the falling diagonal and 7 along the rising one; a stored gradient tells them from turns.
        using var pool = new FramePool();
        using var stored = ImageFile.Decode(Pictures.File(ImageFormat.Png), pool);
        using var turned = ImageFile.Decode(
            ExifBytes.Into(Pictures.File(ImageFormat.Png), ImageFormat.Png, ExifBytes.Make(5, little: true)), pool);

        for (var y = 0; y < stored.Height; y++)
            for (var x = 0; x < stored.Width; x++)
                turned.RowY(x)[y].ShouldBe(stored.RowY(y)[x]);
    }

    [Fact]
    public void Broken_exif_means_upright_and_never_an_error()
    {
        using var pool = new FramePool();
        var good = ExifBytes.Make(6, little: true);
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            var exif = good[..random.Next(good.Length)];
            for (var i = 0; i < exif.Length / 4; i++)
                exif[random.Next(exif.Length)] = (byte)random.Next(256);
            foreach (var format in new[] { ImageFormat.Jpeg, ImageFormat.WebP })
                using (ImageFile.Decode(ExifBytes.Into(Pictures.File(format, 16, 16), format, exif), pool))
                {
                }
        }
    }
}
