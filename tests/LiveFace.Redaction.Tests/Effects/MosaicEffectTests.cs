using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

public class MosaicEffectTests
{
    [Theory]
    [InlineData(96, 96, 0)]
    [InlineData(98, 130, 50)]
    [InlineData(600, 610, 100)]
    public void Each_cell_is_the_mean_of_its_pixels(int width, int height, int strength)
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 700, 620);
        var before = TestFrame.Planes(frame);
        var bounds = new PixelRect(20, 4, width, height);

        new MosaicEffect(strength).Apply(frame, new EffectRegion(bounds));

        var after = TestFrame.Planes(frame);
        var cells = MosaicEffect.CellsAt(strength);
        var across = (int)MathF.Round(cells * width / Math.Min(width, height));
        var down = (int)MathF.Round(cells * height / Math.Min(width, height));
        for (var plane = 0; plane < 3; plane++)
        {
            var scale = plane == 0 ? 2 : 1;
            for (var j = 0; j < down; j++)
                for (var i = 0; i < across; i++)
                {
                    var (x0, x1) = (Edge(10, width / 2, i, across) * scale, Edge(10, width / 2, i + 1, across) * scale);
                    var (y0, y1) = (Edge(2, height / 2, j, down) * scale, Edge(2, height / 2, j + 1, down) * scale);
                    long sum = 0;
                    for (var y = y0; y < y1; y++)
                        for (var x = x0; x < x1; x++)
                            sum += before[plane][y, x];
                    var samples = (x1 - x0) * (y1 - y0);
                    var mean = (byte)((sum + samples / 2) / samples);
                    for (var y = y0; y < y1; y++)
                        for (var x = x0; x < x1; x++)
                            after[plane][y, x].ShouldBe(mean, $"plane {plane} cell {i},{j} at {x},{y}");
                }
        }

        static int Edge(int start, int length, int i, int n) => start + length * i / n;
    }

    [Fact]
    public void Cells_keep_their_place_when_the_region_leaves_the_picture()
    {
        using var pool = new FramePool();
        using var whole = TestFrame.Noise(pool, 200, 200);
        using var part = pool.Rent(100, 200);
        for (var y = 0; y < 200; y++)
            whole.RowY(y)[100..].CopyTo(part.RowY(y));

        new MosaicEffect(80).Apply(whole, new EffectRegion(new PixelRect(40, 40, 120, 120)));
        new MosaicEffect(80).Apply(part, new EffectRegion(new PixelRect(-60, 40, 120, 120)));

        var edges = Enumerable.Range(1, 99).Where(x => part.RowY(60)[x] != part.RowY(60)[x - 1] && x < 60);
        edges.ShouldBe(Enumerable.Range(1, 99).Where(x => whole.RowY(60)[100 + x] != whole.RowY(60)[99 + x] && x < 60));
    }
}
