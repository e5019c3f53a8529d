using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Marking;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>How a mark is mixed with the picture below.</summary>
public sealed class MarkBlendTests
{

    [Fact]
    public void Opacity_and_the_pictures_own_alpha_multiply()
    {
        Middle(MarkPictures.Logo).ShouldBe(235);
        Middle(MarkPictures.Logo with { Opacity = 0.5f }).ShouldBeInRange(166, 169);
        Middle(MarkPictures.Logo with { Picture = MarkPictures.Square(255, alpha: 128), Opacity = 0.5f }).ShouldBeInRange(132, 135);
        Middle(MarkPictures.Logo with { Opacity = 0 }).ShouldBe(MarkPictures.Ground);
        // The reference: 25 of 255.
        Middle(MarkPictures.Logo with { Opacity = 25f / 255 }).ShouldBeInRange(112, 114);
    }

    [Fact]
    public void Multiply_only_darkens_and_screen_only_lightens()
    {
        Middle(MarkPictures.Logo with { Blend = WatermarkBlend.Multiply }).ShouldBe(MarkPictures.Ground);
        Middle(MarkPictures.Logo with { Picture = MarkPictures.Square(0), Blend = WatermarkBlend.Multiply }).ShouldBe(16);
        Middle(MarkPictures.Logo with { Picture = MarkPictures.Square(0), Blend = WatermarkBlend.Screen }).ShouldBe(MarkPictures.Ground);
        Middle(MarkPictures.Logo with { Blend = WatermarkBlend.Screen }).ShouldBe(235);
        // Half grey: of what is over black, half stays.
        Middle(MarkPictures.Logo with { Picture = MarkPictures.Square(128), Blend = WatermarkBlend.Multiply }).ShouldBeInRange(57, 59);
        Middle(MarkPictures.Logo with { Picture = MarkPictures.Square(128), Blend = WatermarkBlend.Screen }).ShouldBeInRange(166, 169);
    }

    [Fact]
    public void A_text_has_its_width_and_its_colour()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, MarkPictures.Width, MarkPictures.Height, 16, 128, 128);
        using var mark = new Watermark(new WatermarkSettings { Text = "mine", Size = 0.5f, Colour = new RgbColor(255, 0, 0), Place = WatermarkPlace.Single });
        mark.Apply(frame);
        MarkPictures.Box(TestFrame.Luma(frame), 16).Width.ShouldBeInRange(185, 200);
        TestFrame.RedDifference(frame).Cast<byte>().Max().ShouldBeGreaterThan((byte)230);
    }

    private static int Middle(WatermarkSettings settings) => MarkPictures.On(settings)[MarkPictures.Height / 2, MarkPictures.Width / 2];
}
