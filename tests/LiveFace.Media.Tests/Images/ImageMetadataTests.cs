using System.Text;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

public class ImageMetadataTests
{
    public static TheoryData<ImageFormat, ImageFormat> Pairs
    {
        get
        {
            var data = new TheoryData<ImageFormat, ImageFormat>();
            foreach (var from in Enum.GetValues<ImageFormat>())
                foreach (var to in Enum.GetValues<ImageFormat>())
                    data.Add(from, to);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Neither_place_nor_thumbnail_survives(ImageFormat from, ImageFormat to)
    {
        using var pool = new FramePool();
        var file = ExifBytes.Into(Pictures.File(from), from, ExifBytes.Make(1, little: true));
        Encoding.Latin1.GetString(file).ShouldContain("GPSLATITUDE");

        using var frame = ImageFile.Decode(file, pool);
        var written = ImageFile.Encode(Openly.Redacted(frame), to);

        var text = Encoding.Latin1.GetString(written);
        text.ShouldNotContain("GPSLATITUDE");
        text.ShouldNotContain("THUMBNAIL");
        text.ShouldNotContain("Exif");
    }

    [Fact]
    public void A_jpeg_holds_only_the_segments_that_a_picture_needs()
    {
        // APP0 with version and density, tables, the frame's header and the scan: no APP1 to APP15, no comment.
        byte[] allowed = [0xE0, 0xDB, 0xC0, 0xC4];
        var file = Pictures.File(ImageFormat.Jpeg);
        var at = 2;
        while (file[at + 1] != 0xDA)
        {
            allowed.ShouldContain(file[at + 1]);
            if (file[at + 1] == 0xE0)
                (file[at + 2] << 8 | file[at + 3]).ShouldBe(16);
            at += 2 + (file[at + 2] << 8 | file[at + 3]);
        }
    }

    [Fact]
    public void A_png_holds_only_the_necessary_chunks()
    {
        var file = Pictures.File(ImageFormat.Png);
        for (var at = 8; at < file.Length;)
        {
            var length = file[at] << 24 | file[at + 1] << 16 | file[at + 2] << 8 | file[at + 3];
            Encoding.ASCII.GetString(file, at + 4, 4).ShouldBeOneOf("IHDR", "IDAT", "IEND");
            at += length + 12;
        }
    }

    [Fact]
    public void A_webp_holds_the_picture_alone()
    {
        var file = Pictures.File(ImageFormat.WebP);
        Encoding.ASCII.GetString(file, 12, 4).ShouldBe("VP8 ");
        var length = BitConverter.ToInt32(file, 16);
        (20 + length + (length & 1)).ShouldBe(file.Length);
    }
}
