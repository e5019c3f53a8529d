using System.Buffers.Binary;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

public class ImageRefusalTests
{
    public static TheoryData<ImageFormat> Formats => [.. Enum.GetValues<ImageFormat>()];

    private static ImageError Refused(byte[] file, ImageLimits? limits = null)
    {
        using var pool = new FramePool();
        var error = Should.Throw<ImageException>(() => ImageFile.Decode(file, pool, limits).Dispose());
        Should.Throw<ImageException>(() => ImageFile.DecodeRgba(file, limits)).Error.ShouldBe(error.Error);
        pool.Outstanding.ShouldBe(0);
        error.Message.ShouldEndWith(".");
        return error.Error;
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a and so on")]
    [InlineData("RIFF\0\0\0\0WAVE")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    public void What_is_no_picture_is_refused(string text) =>
        Refused(System.Text.Encoding.Latin1.GetBytes(text)).ShouldBe(ImageError.UnknownFormat);

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_truncated_file_is_refused_wherever_it_ends(ImageFormat format)
    {
        var file = Pictures.File(format, 200, 160);
        for (var length = 12; length < file.Length - 12; length += 23)
            Refused(file[..length]).ShouldBeOneOf(ImageError.Truncated, ImageError.Corrupt, ImageError.UnknownFormat);
        Refused(file[..(file.Length / 2)]).ShouldBeOneOf(ImageError.Truncated, ImageError.Corrupt);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damage_gives_a_picture_or_a_refusal_and_nothing_worse(ImageFormat format)
    {
        using var pool = new FramePool();
        var file = Pictures.File(format);
        var random = new Random(5);
        for (var round = 0; round < 400; round++)
        {
            var damaged = (byte[])file.Clone();
            for (var i = random.Next(1, 8); i > 0; i--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                ImageFile.Decode(damaged, pool, new ImageLimits(MaximumPixels: 1_000_000)).Dispose();
            }
            catch (ImageException)
            {
            }
        }

        pool.Outstanding.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Too_many_bytes_and_too_many_pixels_are_refused(ImageFormat format)
    {
        var file = Pictures.File(format);
        Refused(file, new ImageLimits(MaximumBytes: file.Length - 1)).ShouldBe(ImageError.TooManyBytes);
        Refused(file, new ImageLimits(MaximumPixels: 96 * 64 - 1)).ShouldBe(ImageError.TooManyPixels);
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
            byte[] file = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Pictures.PngChunk("IHDR", header),
                .. Pictures.PngChunk("IDAT", [0x78, 0x9C, 3, 0]), .. Pictures.PngChunk("IEND", [])];

            Refused(file).ShouldBeOneOf(ImageError.TooManyPixels, ImageError.Truncated, ImageError.Corrupt);
        }
    }

    [Fact]
    public void A_bomb_of_zeros_is_refused_by_its_pixels()
    {
        // Ten thousand by ten thousand black pixels fit 100 kB of PNG.
        var file = Pictures.Png(10_000, 10_000, 1, 0, new byte[10_000 * 1251]);
        file.Length.ShouldBeLessThan(200_000);
        Refused(file).ShouldBe(ImageError.TooManyPixels);
    }

    [Fact]
    public void A_size_of_nothing_is_refused()
    {
        Refused(Pictures.Png(0, 5, 8, 2, [])).ShouldBe(ImageError.Corrupt);
    }

    [Fact]
    public void Animated_png_is_refused_as_unsupported_and_a_word_in_its_data_is_no_animation()
    {
        var still = Pictures.File(ImageFormat.Png, 16, 16);
        Refused([.. still[..33], .. Pictures.PngChunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), .. still[33..]]).ShouldBe(ImageError.Unsupported);
        using var pool = new FramePool();
        ImageFile.Decode([.. still[..33], .. Pictures.PngChunk("tEXt", "Title\0acTL"u8.ToArray()), .. still[33..]], pool).Dispose();
    }

    [Fact]
    public void Animated_webp_is_refused_as_unsupported()
    {
        var still = Pictures.File(ImageFormat.WebP, 16, 16);
        byte[] frame = [0, 0, 0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 100, 0, 0, 0, .. still[12..]];
        byte[] body = [.. "WEBP"u8, .. "VP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 15, 0, 0, 15, 0, 0,
            .. "ANIM"u8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "ANMF"u8, .. BitConverter.GetBytes(frame.Length), .. frame];
        byte[] file = [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];

        Refused(file).ShouldBe(ImageError.Unsupported);
    }
}
