using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

public class PngKindsTests
{
    [Fact]
    public void Transparent_pixels_are_laid_over_white()
    {
        using var pool = new FramePool();
        // One row: opaque black, half transparent black, transparent red, opaque red.
        var file = PngBytes.File(4, 1, 8, 6, [0, 0, 0, 0, 255, 0, 0, 0, 128, 255, 0, 0, 0, 255, 0, 0, 255]);

        using var frame = ImageFile.Decode(file, pool);

        frame.RowY(0)[0].ShouldBe((byte)16);
        frame.RowY(0)[1].ShouldBeInRange((byte)123, (byte)127);
        frame.RowY(0)[2].ShouldBe((byte)235);
        frame.RowY(0)[3].ShouldBe((byte)82);
    }

    [Fact]
    public void Transparency_is_kept_for_stickers()
    {
        byte[] pixels = [1, 2, 3, 255, 4, 5, 6, 0, 7, 8, 9, 77, 10, 11, 12, 128];
        var file = PngBytes.File(2, 2, 8, 6, [0, .. pixels[..8], 0, .. pixels[8..]]);

        var image = ImageFile.DecodeRgba(file);

        (image.Width, image.Height).ShouldBe((2, 2));
        image.Pixels.ToArray().ShouldBe(pixels);
    }

    [Fact]
    public void Sixteen_bits_and_palettes_and_grey_are_read()
    {
        using var pool = new FramePool();
        using var deep = ImageFile.Decode(PngBytes.File(1, 1, 16, 2, [0, 255, 255, 255, 255, 255, 255]), pool);
        using var palette = ImageFile.Decode(
            PngBytes.File(1, 1, 8, 3, [0, 1], PngBytes.Chunk("PLTE", [0, 0, 0, 255, 0, 0])), pool);
        using var grey = ImageFile.Decode(PngBytes.File(1, 1, 1, 0, [0, 0x80]), pool);

        deep.RowY(0)[0].ShouldBe((byte)235);
        (palette.RowY(0)[0], palette.RowV(0)[0]).ShouldBe(((byte)82, (byte)240));
        (grey.RowY(0)[0], grey.RowU(0)[0], grey.RowV(0)[0]).ShouldBe(((byte)235, (byte)128, (byte)128));
    }
}
