using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

public class ImageRefusalTests
{
    [Theory]
    [InlineData("")]
    [InlineData("GIF89a and so on")]
    [InlineData("RIFF\0\0\0\0WAVE")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    public void What_is_no_picture_is_refused(string text) =>
        Refusals.Refused(System.Text.Encoding.Latin1.GetBytes(text)).ShouldBe(ImageError.UnknownFormat);

    [Theory]
    [MemberData(nameof(Refusals.Formats), MemberType = typeof(Refusals))]
    public void A_truncated_file_is_refused_wherever_it_ends(ImageFormat format)
    {
        var file = Pictures.File(format, 200, 160);
        for (var length = 12; length < file.Length - 12; length += 23)
            Refusals.Refused(file[..length]).ShouldBeOneOf(ImageError.Truncated, ImageError.Corrupt, ImageError.UnknownFormat);
        Refusals.Refused(file[..(file.Length / 2)]).ShouldBeOneOf(ImageError.Truncated, ImageError.Corrupt);
    }

    [Theory]
    [MemberData(nameof(Refusals.Formats), MemberType = typeof(Refusals))]
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

    [Fact]
    public void Animated_png_is_refused_as_unsupported_and_a_word_in_its_data_is_no_animation()
    {
        var still = Pictures.File(ImageFormat.Png, 16, 16);
        Refusals.Refused([.. still[..33], .. PngBytes.Chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), .. still[33..]]).ShouldBe(ImageError.Unsupported);
        using var pool = new FramePool();
        ImageFile.Decode([.. still[..33], .. PngBytes.Chunk("tEXt", "Title\0acTL"u8.ToArray()), .. still[33..]], pool).Dispose();
    }

    [Fact]
    public void Animated_webp_is_refused_as_unsupported()
    {
        var still = Pictures.File(ImageFormat.WebP, 16, 16);
        byte[] frame = [0, 0, 0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 100, 0, 0, 0, .. still[12..]];
        byte[] body = [.. "WEBP"u8, .. "VP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 15, 0, 0, 15, 0, 0,
            .. "ANIM"u8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "ANMF"u8, .. BitConverter.GetBytes(frame.Length), .. frame];
        byte[] file = [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];

        Refusals.Refused(file).ShouldBe(ImageError.Unsupported);
    }
}
