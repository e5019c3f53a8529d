using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>What is taken away leaves the background going on; <see cref="FillEffectTests"/> holds that nothing of it is read.</summary>
public sealed class RemoveEffectTests : IDisposable
{
    private readonly FramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(RegionShape.Box)]
    [InlineData(RegionShape.Ellipse)]
    public void A_pattern_goes_on_where_a_blur_loses_it(RegionShape shape)
    {
        var (removed, blurred) = (new List<double>(), new List<double>());
        for (var place = 0; place < 12; place++)
        {
            var region = new EffectRegion(new PixelRect(120 + 11 * place, 90 + 5 * place, 60, 50), shape, Seed: 3);
            removed.Add(Difference(region, new RemoveEffect()));
            blurred.Add(Difference(region, new FillEffect()));
        }

        removed.Average().ShouldBeLessThan(0.6 * blurred.Average());
        removed.Min().ShouldBeLessThan(0.2 * blurred.Min());
    }

    [Fact]
    public void A_picture_of_which_nothing_is_bare_becomes_one_grey()
    {
        using var frame = TestFrame.Noise(_pool, 90, 70);

        new RemoveEffect().Apply(frame, new EffectRegion(new PixelRect(-200, -200, 600, 600)));

        TestFrame.Luma(frame).Cast<byte>().ShouldAllBe(value => value >= 117 && value <= 123);
        TestFrame.BlueDifference(frame).Cast<byte>().ShouldAllBe(value => value == 128);
    }

    [Fact]
    public void However_large_the_region_the_work_is_in_as_many_cells()
    {
        foreach (var side in new[] { 40, 400, 4000 })
        {
            using var frame = TestFrame.Flat(_pool, side, side, 90, 128, 128);
            var region = new EffectRegion(new PixelRect(side / 4, side / 4, side / 2, side / 2));
            var window = Redaction.Effects.Removal.FillWindow.Of(frame, Placement.Of(frame, region));
            Math.Max(window.Hole.Width, window.Hole.Height).ShouldBeLessThanOrEqualTo(Redaction.Effects.Removal.FillWindow.MostCells + 1);
            (window.Width * window.Height).ShouldBeLessThan(200 * 200);
        }
    }

    /// <summary>How far a wall of tiles is from itself, where a region of it was taken away.</summary>
    private double Difference(EffectRegion region, IRegionEffect effect)
    {
        using var frame = TestFrame.Flat(_pool, 400, 300, 0, 128, 128);
        for (var y = 0; y < 300; y++)
            for (var x = 0; x < 400; x++)
                frame.RowY(y)[x] = Tile(x, y);
        for (var y = region.Bounds.Y; y < region.Bounds.Bottom; y++)
            frame.RowY(y).Slice(region.Bounds.X, region.Bounds.Width).Fill(255);
        effect.Apply(frame, region);
        var sum = 0.0;
        for (var y = region.Bounds.Y; y < region.Bounds.Bottom; y++)
            for (var x = region.Bounds.X; x < region.Bounds.Right; x++)
                sum += Math.Abs(frame.RowY(y)[x] - Tile(x, y));
        return sum / (region.Bounds.Width * region.Bounds.Height);
    }

    private static byte Tile(int x, int y) => (byte)(x % 32 < 4 || y % 24 < 4 ? 60 : 150 + x / 16);
}
