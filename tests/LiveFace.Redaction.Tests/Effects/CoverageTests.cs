using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>The vector kernels of coverage against their definitions, written out point by point.</summary>
public class CoverageTests
{
    private static byte[,] Cover(int width, int height, EffectRegion region)
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, width, height, 0, 0, 0);
        // White over black shows coverage as brightness: 235 where it is 255.
        new SolidEffect(RgbColor.White).Apply(frame, region);
        return TestFrame.Luma(frame);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.08f)]
    [InlineData(0.5f)]
    public void An_oval_is_its_formula(float feather)
    {
        var random = new Random(11);
        for (var round = 0; round < 30; round++)
        {
            var bounds = new PixelRect(random.Next(-40, 150), random.Next(-40, 100), random.Next(2, 200), random.Next(2, 150));
            var seen = Cover(211, 133, new EffectRegion(bounds, RegionShape.Ellipse, feather));
            var (a, b) = (bounds.Width * 0.5 * 1.1892071, bounds.Height * 0.5 * 1.1892071);
            var soft = Math.Max(feather * Math.Min(bounds.Width, bounds.Height), 0.5) / Math.Min(a, b);
            for (var y = 0; y < 133; y++)
                for (var x = 0; x < 211; x++)
                {
                    var u = (x + 0.5 - bounds.X - bounds.Width * 0.5) / a;
                    var v = (y + 0.5 - bounds.Y - bounds.Height * 0.5) / b;
                    var wanted = Math.Clamp((1 - (Math.Pow(u * u * u * u + v * v * v * v, 0.25) - 1) / soft) * 235, 0, 235);
                    ((double)seen[y, x]).ShouldBe(wanted, 4, $"{bounds} at {x},{y}");
                }
        }
    }

    [Fact]
    public void A_mask_is_stretched_in_straight_lines_and_turned_inside_out_on_request()
    {
        var random = new Random(12);
        for (var round = 0; round < 30; round++)
        {
            var mask = new AlphaMask(random.Next(1, 9), random.Next(1, 9));
            random.NextBytes(mask.Pixels);
            var bounds = new PixelRect(random.Next(-40, 100), random.Next(-40, 80), random.Next(9, 150), random.Next(9, 120));
            var inside = Cover(131, 97, new EffectRegion(bounds, RegionShape.Mask, 0, mask));
            var outside = Cover(131, 97, new EffectRegion(bounds, RegionShape.OutsideMask, 0, mask));
            for (var y = 0; y < 97; y++)
                for (var x = 0; x < 131; x++)
                {
                    var within = x >= bounds.X && x < bounds.Right && y >= bounds.Y && y < bounds.Bottom;
                    var covered = within ? Sample(mask, (x + 0.5 - bounds.X) / bounds.Width, (y + 0.5 - bounds.Y) / bounds.Height) : 0;
                    ((double)inside[y, x]).ShouldBe(covered * 235 / 255, 4, $"{bounds} at {x},{y}");
                    ((double)outside[y, x]).ShouldBe(within ? (255 - covered) * 235 / 255 : 0, 4, $"{bounds} at {x},{y}");
                }
        }
    }

    [Fact]
    public void A_box_with_a_soft_edge_falls_off_by_distance()
    {
        var seen = Cover(120, 100, new EffectRegion(new PixelRect(40, 30, 40, 40), RegionShape.Box, 0.5f));
        for (var y = 0; y < 100; y++)
            for (var x = 0; x < 120; x++)
            {
                var dx = Math.Max(0, Math.Max(40 - x, x - 79));
                var dy = Math.Max(0, Math.Max(30 - y, y - 69));
                var wanted = Math.Clamp(1 - Math.Sqrt(dx * dx + dy * dy) / 21, 0, 1) * 235;
                ((double)seen[y, x]).ShouldBe(wanted, 3, $"{x},{y}");
            }
    }

    private static double Sample(AlphaMask mask, double x, double y)
    {
        x = Math.Clamp(x * mask.Width - 0.5, 0, mask.Width - 1);
        y = Math.Clamp(y * mask.Height - 0.5, 0, mask.Height - 1);
        var (x0, y0) = ((int)x, (int)y);
        var (x1, y1) = (Math.Min(x0 + 1, mask.Width - 1), Math.Min(y0 + 1, mask.Height - 1));
        var (fx, fy) = (x - x0, y - y0);
        double At(int column, int row) => mask.Pixels[row * mask.Width + column];
        return (At(x0, y0) * (1 - fx) + At(x1, y0) * fx) * (1 - fy) + (At(x0, y1) * (1 - fx) + At(x1, y1) * fx) * fy;
    }
}
