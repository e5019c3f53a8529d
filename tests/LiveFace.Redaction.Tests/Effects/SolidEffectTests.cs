using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

public class SolidEffectTests
{
    private static readonly RgbColor Red = new(255, 0, 0);

    [Theory]
    [InlineData(10, 10, 20, 20)]
    [InlineData(11, 13, 21, 17)]
    [InlineData(-7, -5, 20, 20)]
    [InlineData(50, 40, 100, 100)]
    [InlineData(63, 47, 1, 1)]
    public void Red_on_green_leaves_no_other_colour_inside_and_no_change_outside(int x, int y, int width, int height)
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, 65, 49, 145, 54, 34);
        var bounds = new PixelRect(x, y, width, height);

        new SolidEffect(Red).Apply(frame, new EffectRegion(bounds));

        for (var row = 0; row < frame.Height; row++)
            for (var column = 0; column < frame.Width; column++)
            {
                var pixel = (frame.RowY(row)[column], frame.RowU(row / 2)[column / 2], frame.RowV(row / 2)[column / 2]);
                var snapped = column >> 1 >= x >> 1 && column >> 1 <= (x + width - 1) >> 1 &&
                    row >> 1 >= y >> 1 && row >> 1 <= (y + height - 1) >> 1;
                pixel.ShouldBe(snapped ? ((byte)82, (byte)90, (byte)240) : ((byte)145, (byte)54, (byte)34));
            }
    }

    [Theory]
    [InlineData(RegionShape.Ellipse, 0f)]
    [InlineData(RegionShape.Ellipse, 0.2f)]
    [InlineData(RegionShape.Box, 0.2f)]
    public void A_soft_edge_lies_outside_of_the_bounds(RegionShape shape, float feather)
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, 160, 120, 145, 54, 34);
        var bounds = new PixelRect(41, 31, 57, 49);

        new SolidEffect(Red).Apply(frame, new EffectRegion(bounds, shape, feather));

        for (var row = bounds.Y; row < bounds.Bottom; row++)
            for (var column = bounds.X; column < bounds.Right; column++)
                (frame.RowY(row)[column], frame.RowU(row / 2)[column / 2], frame.RowV(row / 2)[column / 2])
                    .ShouldBe(((byte)82, (byte)90, (byte)240), $"{column}, {row}");
        frame.RowY(5)[5].ShouldBe((byte)145);
        frame.RowY(bounds.Y + 20)[bounds.X - 30].ShouldBe((byte)145);
    }

    [Fact]
    public void A_soft_edge_falls_off_without_a_step()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, 200, 200, 16, 128, 128);

        new SolidEffect(RgbColor.White).Apply(frame, new EffectRegion(new PixelRect(60, 60, 80, 80), RegionShape.Ellipse, 0.3f));

        var row = frame.RowY(100);
        for (var x = 101; x < 199; x++)
        {
            row[x].ShouldBeLessThanOrEqualTo(row[x - 1]);
            (row[x - 1] - row[x]).ShouldBeLessThan(20);
        }

        row[199].ShouldBe((byte)16);
    }

    [Fact]
    public void A_mask_covers_as_much_as_it_says()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, 64, 64, 16, 128, 128);
        var mask = new AlphaMask(4, 4);
        for (var i = 0; i < 16; i++)
            mask.Pixels[i] = i % 4 < 2 ? (byte)255 : (byte)0;

        new SolidEffect(RgbColor.White).Apply(frame, new EffectRegion(new PixelRect(0, 0, 64, 64), RegionShape.Mask, 0, mask));

        frame.RowY(30)[10].ShouldBe((byte)235);
        frame.RowY(30)[60].ShouldBe((byte)16);
        frame.RowY(30)[32].ShouldBeInRange((byte)100, (byte)150);
    }
}
