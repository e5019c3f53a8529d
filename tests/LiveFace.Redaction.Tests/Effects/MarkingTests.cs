using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Marking;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>Where marks stand, how large they are and how they meet the picture; a plain square stands for a logo.</summary>
public sealed class MarkingTests
{
    private const int Width = 400;
    private const int Height = 300;
    private const byte Ground = 100;

    private static readonly WatermarkSettings Logo = new() { Picture = Square(255), Size = 0.25f, Place = WatermarkPlace.Single };

    [Fact]
    public void A_mark_is_a_quarter_of_the_width_and_stands_where_it_is_told_to()
    {
        var places = new (WatermarkPlace Place, int Left, int Top)[]
        {
            (WatermarkPlace.Single, 150, 100), (WatermarkPlace.TopLeft, 6, 6), (WatermarkPlace.TopRight, 294, 6),
            (WatermarkPlace.BottomLeft, 6, 194), (WatermarkPlace.BottomRight, 294, 194),
        };
        foreach (var (place, left, top) in places)
            Box(On(Logo with { Place = place })).ShouldBe(new PixelRect(left, top, 100, 100), place.ToString());
    }

    [Fact]
    public void Size_and_angle_change_the_box_that_a_mark_takes()
    {
        Box(On(Logo with { Size = 0.5f })).ShouldBe(new PixelRect(100, 50, 200, 200));
        var turned = Box(On(Logo with { Angle = 45 }));
        turned.Width.ShouldBeInRange(138, 142);
        turned.Height.ShouldBeInRange(138, 142);
        Marked(On(Logo with { Angle = 45 })).ShouldBeInRange(9_800, 10_300);
        Box(On(Logo with { Angle = 90 })).ShouldBe(new PixelRect(150, 100, 100, 100));
    }

    [Fact]
    public void A_mark_that_is_larger_than_the_picture_is_made_to_fit()
    {
        Box(On(Logo with { Size = 1 })).ShouldBe(new PixelRect(50, 0, 300, 300));
        var turned = Box(On(Logo with { Size = 1, Angle = 30 }));
        turned.Height.ShouldBeInRange(296, 300);
    }

    [Fact]
    public void Tiles_have_the_gap_that_is_asked_for()
    {
        var close = Marked(On(Logo with { Place = WatermarkPlace.Tiled, Spacing = 0 }));
        var usual = Marked(On(Logo with { Place = WatermarkPlace.Tiled }));
        var wide = Marked(On(Logo with { Place = WatermarkPlace.Tiled, Spacing = 3 }));
        close.ShouldBeGreaterThan(usual * 3 / 2);
        usual.ShouldBeGreaterThan(wide * 3);
    }

    [Fact]
    public void Opacity_and_the_pictures_own_alpha_multiply()
    {
        Middle(Logo).ShouldBe(235);
        Middle(Logo with { Opacity = 0.5f }).ShouldBeInRange(166, 169);
        Middle(Logo with { Picture = Square(255, alpha: 128), Opacity = 0.5f }).ShouldBeInRange(132, 135);
        Middle(Logo with { Opacity = 0 }).ShouldBe(Ground);
        // The reference: 25 of 255.
        Middle(Logo with { Opacity = 25f / 255 }).ShouldBeInRange(112, 114);
    }

    [Fact]
    public void Multiply_only_darkens_and_screen_only_lightens()
    {
        Middle(Logo with { Blend = WatermarkBlend.Multiply }).ShouldBe(Ground);
        Middle(Logo with { Picture = Square(0), Blend = WatermarkBlend.Multiply }).ShouldBe(16);
        Middle(Logo with { Picture = Square(0), Blend = WatermarkBlend.Screen }).ShouldBe(Ground);
        Middle(Logo with { Blend = WatermarkBlend.Screen }).ShouldBe(235);
        // Half grey: of what is over black, half stays.
        Middle(Logo with { Picture = Square(128), Blend = WatermarkBlend.Multiply }).ShouldBeInRange(57, 59);
        Middle(Logo with { Picture = Square(128), Blend = WatermarkBlend.Screen }).ShouldBeInRange(166, 169);
    }

    [Fact]
    public void A_text_has_its_width_and_its_colour()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, Width, Height, 16, 128, 128);
        using var mark = new Watermark(new WatermarkSettings { Text = "mine", Size = 0.5f, Colour = new RgbColor(255, 0, 0), Place = WatermarkPlace.Single });
        mark.Apply(frame);
        Box(TestFrame.Luma(frame), 16).Width.ShouldBeInRange(185, 200);
        TestFrame.RedDifference(frame).Cast<byte>().Max().ShouldBeGreaterThan((byte)230);
    }

    [Fact]
    public void Any_size_of_picture_takes_any_mark_and_gets_nothing_over_its_edges()
    {
        using var pool = new FramePool();
        foreach (var (width, height) in new[] { (1, 1), (1, 30), (17, 9), (641, 479), (33, 1200) })
            foreach (var place in Enum.GetValues<WatermarkPlace>())
                foreach (var (size, angle) in new[] { (0.02f, 0f), (1f, 33f), (0.4f, -90f) })
                {
                    using var frame = TestFrame.Noise(pool, width, height);
                    using var mark = new Watermark(Logo with { Place = place, Size = size, Angle = angle, Spacing = 0 });
                    mark.Apply(frame);
                }

        pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void A_turned_logo_allocates_nothing_per_frame()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 640, 480);
        using var mark = new Watermark(Logo with { Place = WatermarkPlace.Tiled, Angle = 30, Blend = WatermarkBlend.Screen });
        mark.Apply(frame);
        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 20; i++)
            mark.Apply(frame);
        ThreadAllocations.Since(before).ShouldBe(0);
    }

    private static int Middle(WatermarkSettings settings) => On(settings)[Height / 2, Width / 2];

    private static byte[,] On(WatermarkSettings settings)
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, Width, Height, Ground, 128, 128);
        using var mark = new Watermark(settings);
        mark.Apply(frame);
        return TestFrame.Luma(frame);
    }

    private static int Marked(byte[,] luma) => luma.Cast<byte>().Count(value => Math.Abs(value - Ground) > 60);

    private static PixelRect Box(byte[,] luma, byte ground = Ground)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var y = 0; y < luma.GetLength(0); y++)
            for (var x = 0; x < luma.GetLength(1); x++)
                if (Math.Abs(luma[y, x] - ground) > 60)
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        return new PixelRect(left, top, right + 1 - left, bottom + 1 - top);
    }

    private static OverlayPicture Square(byte grey, byte alpha = 255)
    {
        var pixels = new byte[64 * 64 * 4];
        for (var i = 0; i < pixels.Length; i += 4)
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (grey, grey, grey, alpha);
        return new OverlayPicture(new RgbaImage(64, 64, pixels));
    }
}
