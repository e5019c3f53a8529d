using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Masks;

/// <summary>Whatever is drawn by hand, each pixel that lies in it is covered fully, and what lies far from it is not touched.</summary>
public sealed class StrokeMaskTests
{
    [Theory]
    [InlineData(320, 240)]
    [InlineData(4000, 2500)]
    public void All_that_a_brush_passes_is_covered_and_nothing_far_from_it(int width, int height)
    {
        var random = new Random(width);
        for (var run = 0; run < 8; run++)
        {
            var mark = new HideMark { Shape = HideShape.Brush, Points = Points(random, 1 + run), Width = 0.01f + random.NextSingle() * 0.2f };
            var radius = 0.5f * mark.Width.Value * Math.Min(width, height);
            Check(mark, width, height, random, (x, y) => Distance(mark.Points, x, y, width, height, closed: false) - radius);
        }
    }

    [Theory]
    [InlineData(320, 240)]
    [InlineData(4000, 2500)]
    public void All_that_a_polygon_goes_round_is_covered_and_nothing_far_from_it(int width, int height)
    {
        var random = new Random(width + 1);
        for (var run = 0; run < 8; run++)
        {
            var mark = new HideMark { Shape = HideShape.Polygon, Points = Points(random, 3 + run) };
            Check(mark, width, height, random, (x, y) =>
            {
                var distance = Distance(mark.Points, x, y, width, height, closed: true);
                return Rounds(mark.Points, x / width, y / height) != 0 ? -distance : distance;
            });
        }
    }

    /// <param name="outside">How far a place lies outside of the shape, in pixels; below zero inside.</param>
    private static unsafe void Check(HideMark mark, int width, int height, Random random, Func<float, float, float> outside)
    {
        var bounds = StrokeMask.Draw(mark, width, height, out var mask);
        var step = Math.Max((float)bounds.Width / mask.Width, (float)bounds.Height / mask.Height);
        var sampling = new MaskSampling();
        sampling.Begin(mask, bounds, 0, width, outside: false);
        var row = new byte[width];
        var inside = 0;
        fixed (byte* covered = row)
            for (var sampled = 0; sampled < 200; sampled++)
            {
                var y = sampled < 20 ? Math.Clamp(bounds.Y + sampled * bounds.Height / 20, 0, height - 1) : random.Next(height);
                sampling.Row(y, covered);
                for (var i = 0; i < 100; i++)
                {
                    var x = random.Next(width);
                    var by = outside(x + 0.5f, y + 0.5f);
                    inside += by <= 0 ? 1 : 0;
                    if (by <= 0)
                        row[x].ShouldBe((byte)255, $"({x},{y}) lies {-by} inside of {mark.Shape} in {bounds}");
                    else if (by > 4 * step + 2)
                        row[x].ShouldBe((byte)0, $"({x},{y}) lies {by} outside of {mark.Shape} in {bounds}");
                }
            }

        inside.ShouldBeGreaterThan(0);
    }

    private static ZonePoint[] Points(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new ZonePoint(random.NextSingle(), random.NextSingle()))];

    private static float Distance(IReadOnlyList<ZonePoint> points, float x, float y, int width, int height, bool closed)
    {
        var least = float.MaxValue;
        for (var i = 0; i < Math.Max(1, closed ? points.Count : points.Count - 1); i++)
        {
            var (a, b) = (points[i], points[(i + 1) % points.Count]);
            var (fromX, fromY, alongX, alongY) = (a.X * width, a.Y * height, (b.X - a.X) * width, (b.Y - a.Y) * height);
            var length = alongX * alongX + alongY * alongY;
            var part = length == 0 ? 0 : Math.Clamp(((x - fromX) * alongX + (y - fromY) * alongY) / length, 0, 1);
            least = MathF.Min(least, float.Hypot(x - fromX - part * alongX, y - fromY - part * alongY));
        }

        return least;
    }

    private static int Rounds(IReadOnlyList<ZonePoint> points, float x, float y)
    {
        var rounds = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var (a, b) = (points[i], points[(i + 1) % points.Count]);
            if (a.Y > y != b.Y > y && x < (b.X - a.X) * (y - a.Y) / (b.Y - a.Y) + a.X)
                rounds += b.Y > a.Y ? 1 : -1;
        }

        return rounds;
    }
}
