using System.Numerics;

namespace LiveFace.Vision.Tests;

public sealed class MaskOutlinesTests
{
    [Fact]
    public void A_rectangle_is_its_four_corners_in_the_frame()
    {
        var mask = Mask(16, 8, new BoxF(100, 50, 260, 130), (x, y) => x is >= 2 and < 12 && y is >= 1 and < 5);
        var ring = MaskOutlines.Trace(mask).ShouldHaveSingleItem();
        ring.ShouldBe([new(120, 60), new(220, 60), new(220, 100), new(120, 100)], ignoreOrder: true);
    }

    [Fact]
    public void A_round_thing_keeps_its_area_with_few_corners()
    {
        var mask = Mask(64, 64, new BoxF(0, 0, 64, 64), (x, y) => Vector2.Distance(new(x + 0.5f, y + 0.5f), new(32, 32)) < 24);
        var ring = MaskOutlines.Trace(mask).ShouldHaveSingleItem();
        ring.Length.ShouldBeLessThan(50);
        Area(ring).ShouldBe(MathF.PI * 24 * 24, 0.06f * MathF.PI * 24 * 24);
    }

    [Fact]
    public void Pieces_are_apart_largest_first_specks_are_left_out_and_holes_are_filled()
    {
        var mask = Mask(32, 32, new BoxF(0, 0, 32, 32), (x, y) =>
            (x is >= 1 and < 5 && y is >= 1 and < 5)                                                         // small
            || (x is >= 5 and < 25 && y is >= 5 and < 25 && !(x is >= 10 and < 15 && y is >= 10 and < 15))   // large, with a hole, and they touch at a corner
            || (x == 30 && y == 30));                                                                        // a speck
        var rings = MaskOutlines.Trace(mask);
        rings.Select(ring => Area(ring)).ShouldBe([400f, 16f]);
    }

    [Fact]
    public void Whatever_the_mask_each_polygon_has_three_corners_and_there_are_not_too_many()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (width, height, dense) = (random.Next(1, 40), random.Next(1, 40), random.NextDouble());
            var rings = MaskOutlines.Trace(Mask(width, height, new BoxF(0, 0, width, height), (_, _) => random.NextDouble() < dense));
            rings.Count.ShouldBeLessThanOrEqualTo(MaskOutlines.Most);
            rings.ShouldAllBe(ring => ring.Length >= 3 && ring.All(p => p.X >= 0 && p.X <= width && p.Y >= 0 && p.Y <= height));
        }

        MaskOutlines.Trace(Mask(8, 8, new BoxF(0, 0, 8, 8), (_, _) => false)).ShouldBeEmpty();
        MaskOutlines.Trace(Mask(8, 8, new BoxF(0, 0, 8, 8), (_, _) => true)).ShouldHaveSingleItem().Length.ShouldBe(4);
    }

    private static DetectionMask Mask(int width, int height, BoxF region, Func<int, int, bool> inside)
    {
        var mask = new DetectionList(1).AddMask(width, height, region, out _);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                mask.Values[y * width + x] = inside(x, y) ? (byte)255 : (byte)0;
        return mask;
    }

    private static float Area(Vector2[] ring)
    {
        var area = 0f;
        for (var i = 0; i < ring.Length; i++)
            area += ring[i].X * ring[(i + 1) % ring.Length].Y - ring[(i + 1) % ring.Length].X * ring[i].Y;
        return MathF.Abs(area) / 2;
    }
}
