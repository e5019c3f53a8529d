using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

/// <summary>The size that was checked is the size of what is decoded, whatever else a file holds.</summary>
public sealed class ConcatenatedPicturesTests : IDisposable
{
    private static readonly ImageLimits Small = new(MaximumPixels: 100 * 100);
    private readonly FramePool _pool = new();

    public static TheoryData<ImageFormat> Formats => [.. Enum.GetValues<ImageFormat>()];

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_picture_behind_the_picture_is_not_looked_at(ImageFormat format)
    {
        byte[] file = [.. Pictures.File(format, 64, 48), .. Pictures.File(format, 1200, 900)];
        using var picture = ImageFile.Decode(file, _pool, Small);
        (picture.Width, picture.Height).ShouldBe((64, 48));
        ImageFile.DecodeRgba(file, Small).Pixels.Length.ShouldBe(4 * 64 * 48);
    }

    [Fact]
    public void A_second_size_inside_a_JPEG_file_is_refused()
    {
        var (small, large) = (Pictures.File(ImageFormat.Jpeg, 64, 48), Pictures.File(ImageFormat.Jpeg, 1200, 900));
        var (at, from) = (Segment(small, 0xC0), Segment(large, 0xC0));
        var second = large[from..(from + 2 + (large[from + 2] << 8) + large[from + 3])];
        Refused([.. small[..at], .. second, .. small[at..]]);
        Refused([.. small[..at], .. small[at..(at + second.Length)], .. second, .. small[(at + second.Length)..]]);
    }

    [Fact]
    public void A_second_header_inside_a_PNG_file_is_refused()
    {
        var (small, large) = (Pictures.File(ImageFormat.Png, 64, 48), Pictures.File(ImageFormat.Png, 1200, 900));
        Refused([.. small[..33], .. large[8..33], .. small[33..]]);
    }

    [Fact]
    public void A_WebP_canvas_that_is_not_the_size_of_its_picture_is_refused()
    {
        var large = Pictures.File(ImageFormat.WebP, 1200, 900);
        byte[] canvas = [.. "VP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 63, 0, 0, 47, 0, 0];
        byte[] body = [.. "WEBP"u8, .. canvas, .. large[12..]];
        Refused([.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body]);
    }

    private static int Segment(byte[] jpeg, byte marker)
    {
        var at = 2;
        while (jpeg[at + 1] != marker)
            at += 2 + (jpeg[at + 2] << 8) + jpeg[at + 3];
        return at;
    }

    private void Refused(byte[] file)
    {
        Should.Throw<ImageException>(() => ImageFile.Decode(file, _pool, Small).Dispose());
        Should.Throw<ImageException>(() => ImageFile.DecodeRgba(file, Small));
    }
}
