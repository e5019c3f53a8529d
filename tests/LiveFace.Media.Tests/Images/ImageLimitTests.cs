using System.Buffers.Binary;
using LiveFace.Media.Images;

namespace LiveFace.Media.Tests.Images;

/// <summary>Pictures that claim or hold more than is taken.</summary>
public class ImageLimitTests
{
    [Theory]
    [MemberData(nameof(Refusals.Formats), MemberType = typeof(Refusals))]
    public void Too_many_bytes_and_too_many_pixels_are_refused(ImageFormat format)
    {
        var file = Pictures.File(format);
        Refusals.Refused(file, new ImageLimits(MaximumBytes: file.Length - 1)).ShouldBe(ImageError.TooManyBytes);
        Refusals.Refused(file, new ImageLimits(MaximumPixels: 96 * 64 - 1)).ShouldBe(ImageError.TooManyPixels);
    }

    [Fact]
    public void A_header_that_claims_a_giant_picture_costs_no_memory()
    {
        foreach (var (width, height) in new[] { (16000, 4000), (int.MaxValue, int.MaxValue), (65000, 65000) })
        {
            var header = new byte[13];
            BinaryPrimitives.WriteInt32BigEndian(header, width);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
            header[8] = 8;
            header[9] = 2;
            byte[] file = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. PngBytes.Chunk("IHDR", header),
                .. PngBytes.Chunk("IDAT", [0x78, 0x9C, 3, 0]), .. PngBytes.Chunk("IEND", [])];

            Refusals.Refused(file).ShouldBeOneOf(ImageError.TooManyPixels, ImageError.Truncated, ImageError.Corrupt);
        }
    }

    [Fact]
    public void A_bomb_of_zeros_is_refused_by_its_pixels()
    {
        // Ten thousand by ten thousand black pixels fit 100 kB of PNG.
        var file = PngBytes.File(10_000, 10_000, 1, 0, new byte[10_000 * 1251]);
        file.Length.ShouldBeLessThan(200_000);
        Refusals.Refused(file).ShouldBe(ImageError.TooManyPixels);
    }

    [Fact]
    public void A_size_of_nothing_is_refused()
    {
        Refusals.Refused(PngBytes.File(0, 5, 8, 2, [])).ShouldBe(ImageError.Corrupt);
    }
}
