using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

public class PictureEffectsTests
{
    private static OverlayPicture Plain(int width, int height, byte r, byte g, byte b, byte alpha)
    {
        var pixels = new byte[width * height * 4];
        for (var i = 0; i < width * height; i++)
            new[] { r, g, b, alpha }.CopyTo(pixels, i * 4);
        return new OverlayPicture(new RgbaImage(width, height, pixels));
    }

    [Fact]
    public void Nothing_of_the_picture_shows_through_a_stickers_holes()
    {
        // Two frames with the same means per cell and different faces: through a wholly transparent sticker they
        // must look the same.
        using var pool = new FramePool();
        using var plain = TestFrame.Flat(pool, 100, 100, 120, 128, 128);
        using var striped = TestFrame.Flat(pool, 100, 100, 120, 128, 128);
        for (var y = 0; y < 100; y++)
            for (var x = 0; x < 100; x++)
                striped.RowY(y)[x] = (byte)(x % 2 == 0 ? 60 : 180);
        var effect = new StickerEffect(Plain(8, 8, 255, 0, 0, 0));
        var region = new EffectRegion(new PixelRect(10, 10, 80, 80), Seed: 1);

        effect.Apply(plain, region);
        effect.Apply(striped, region);

        for (var y = 10; y < 90; y++)
            striped.RowY(y)[10..90].SequenceEqual(plain.RowY(y)[10..90]).ShouldBeTrue();
    }

    [Fact]
    public void A_sticker_keeps_its_shape_and_stands_in_the_middle()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 100, 100);

        new StickerEffect(Plain(40, 20, 255, 0, 0, 255), RgbColor.White)
            .Apply(frame, new EffectRegion(new PixelRect(10, 10, 80, 80)));

        frame.RowY(50)[12].ShouldBe((byte)82);
        frame.RowY(50)[88].ShouldBe((byte)82);
        frame.RowY(27)[50].ShouldBe((byte)235);
        frame.RowY(32)[50].ShouldBe((byte)82);
        frame.RowY(72)[50].ShouldBe((byte)235);
    }

    [Fact]
    public void Half_transparent_colours_are_mixed_on_all_planes()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 64, 64);

        new StickerEffect(Plain(16, 16, 255, 0, 0, 128), RgbColor.White)
            .Apply(frame, new EffectRegion(new PixelRect(0, 0, 64, 64)));

        ((int)frame.RowY(30)[30]).ShouldBeInRange(157, 160);
        ((int)frame.RowU(15)[15]).ShouldBeInRange(108, 110);
        ((int)frame.RowV(15)[15]).ShouldBeInRange(183, 186);
    }

    [Fact]
    public void A_background_is_replaced_outside_of_the_mask_alone()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, 128, 96, 200, 128, 128);
        var person = new AlphaMask(8, 6);
        for (var y = 0; y < 6; y++)
            for (var x = 3; x < 5; x++)
                person.Pixels[y * 8 + x] = 255;

        new PictureEffect(Plain(10, 10, 255, 0, 0, 255))
            .Apply(frame, new EffectRegion(new PixelRect(0, 0, 128, 96), RegionShape.OutsideMask, 0, person));

        frame.RowY(50)[64].ShouldBe((byte)200);
        frame.RowV(25)[32].ShouldBe((byte)128);
        frame.RowY(50)[5].ShouldBe((byte)82);
        frame.RowV(25)[2].ShouldBe((byte)240);
        frame.RowY(0)[127].ShouldBe((byte)82);
    }

    [Fact]
    public void A_picture_fills_the_region_whatever_the_two_shapes()
    {
        using var pool = new FramePool();
        foreach (var (width, height) in new[] { (200, 3), (3, 200), (7, 7), (3000, 10) })
        {
            using var frame = TestFrame.Noise(pool, 90, 70);
            new PictureEffect(Plain(width, height, 255, 0, 0, 255)).Apply(frame, new EffectRegion(new PixelRect(0, 0, 90, 70)));
            TestFrame.Luma(frame).Cast<byte>().ShouldAllBe(value => value == 82);
            TestFrame.RedDifference(frame).Cast<byte>().ShouldAllBe(value => value == 240);
        }
    }

    [Fact]
    public void The_drawn_face_covers_with_its_colour_and_has_eyes()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, 300, 300, 16, 128, 128);

        new GlyphEffect(new RgbColor(255, 205, 60)).Apply(frame, new EffectRegion(new PixelRect(50, 50, 200, 200), Seed: 2));

        ((int)frame.RowY(150)[150]).ShouldBeGreaterThan(150);
        ((int)frame.RowU(75)[75]).ShouldBeLessThan(90);
        ((int)frame.RowY(125)[116]).ShouldBeLessThan(80);
        ((int)frame.RowY(125)[184]).ShouldBeLessThan(80);
    }
}
