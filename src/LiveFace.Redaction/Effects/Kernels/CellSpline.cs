using System.Runtime.Intrinsics;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// Paints a grid of cells as one smooth surface: a quadratic B-spline whose control points are the cells' values.
/// Each row of cells is first drawn out to the full width, and each row of pixels is then a weighted sum of three such
/// rows, which is the same few vector operations for every pixel whatever the cells' size.
/// </summary>
internal sealed unsafe class CellSpline
{
    /// <summary>
    /// Variance of averaging cells and drawing the spline, in cells: a box has a twelfth, and the spline, which is
    /// three boxes, has three.
    /// </summary>
    public const float Variance = 1 / 3f;

    private const int Block = 32;

    /// <summary>Columns that are drawn out at once. Rows have room for as many more, which a cell at the end may write to.</summary>
    private const int Lanes = 16;

    private readonly Scratch _rows = new();
    private readonly Scratch _weights = new();

    /// <summary>Paints one plane, with a grain on top where one is given.</summary>
    public void Paint(CellGrid grid, PlaneKind plane, PlaneView target, Grain grain = default)
    {
        var luma = plane == PlaneKind.Y;
        var width = target.Width;
        var pitch = width + Lanes;
        var rows = _rows.Get(pitch * grid.Down.Count);
        // The second colour plane is cut like the first, which comes before it.
        if (plane != PlaneKind.V)
            Weigh(grid.Across, luma, width);
        DrawOut(grid, luma, width, rows, pitch);
        var last = grid.Down.Count - 1;
        for (var j = 0; j <= last; j++)
        {
            var start = grid.Down.Start(j, luma);
            var length = grid.Down.End(j, luma) - start;
            var (top, bottom) = grid.Down.Clipped(j, luma, target.Height);
            var before = rows + (nint)Math.Max(j - 1, 0) * pitch;
            var here = rows + (nint)j * pitch;
            var after = rows + (nint)Math.Min(j + 1, last) * pitch;
            for (var y = top; y < bottom; y++)
            {
                var (w0, w1, w2) = Weights((y - start + 0.5f) / length);
                Mix(before, here, after, w0, w1, w2, target.Row(y), width, grain, grain.Row(y));
            }
        }
    }

    /// <summary>The spline's three weights at a place from 0 to 1 within a cell; they add up to 256.</summary>
    private static (ushort Before, ushort Here, ushort After) Weights(float t)
    {
        var before = (ushort)(128 * (1 - t) * (1 - t) + 0.5f);
        var after = (ushort)(128 * t * t + 0.5f);
        return (before, (ushort)(256 - before - after), after);
    }

    /// <summary>Weights by column, in three runs of 16-bit numbers; they are the same for every row of cells.</summary>
    private void Weigh(CellAxis across, bool luma, int width)
    {
        var w0 = WeightRun(0, width);
        var w1 = WeightRun(1, width);
        var w2 = WeightRun(2, width);
        for (var i = 0; i < across.Count; i++)
        {
            var start = across.Start(i, luma);
            var step = 1f / (across.End(i, luma) - start);
            var (from, to) = across.Clipped(i, luma, width);
            for (var x = from; x < to; x++)
                (w0[x], w1[x], w2[x]) = Weights((x - start + 0.5f) * step);
        }
    }

    private ushort* WeightRun(int run, int width) =>
        (ushort*)_weights.Get((width + Lanes) * 3 * sizeof(ushort)) + run * (width + Lanes);

    private void DrawOut(CellGrid grid, bool luma, int width, byte* rows, int pitch)
    {
        var w0 = WeightRun(0, width);
        var w1 = WeightRun(1, width);
        var w2 = WeightRun(2, width);
        var across = grid.Across;
        var values = grid.Values;
        var last = across.Count - 1;
        for (var i = 0; i <= last; i++)
        {
            var (from, to) = across.Clipped(i, luma, width);
            for (var j = 0; j < grid.Down.Count && from < to; j++)
            {
                var cells = values.Slice(j * across.Count, across.Count);
                var row = rows + (nint)j * pitch;
                var before = Vector256.Create((ushort)cells[Math.Max(i - 1, 0)]);
                var here = Vector256.Create((ushort)cells[i]);
                var after = Vector256.Create((ushort)cells[Math.Min(i + 1, last)]);
                for (var x = from; x < to; x += Lanes)
                {
                    // What is written past the cell's end is written over by the next cell.
                    var sum = Vector256.Load(w0 + x) * before + Vector256.Load(w1 + x) * here +
                        Vector256.Load(w2 + x) * after + Vector256.Create((ushort)128);
                    Vector128.Narrow((sum >>> 8).GetLower(), (sum >>> 8).GetUpper()).Store(row + x);
                }
            }
        }
    }

    private static void Mix(
        byte* before, byte* here, byte* after, ushort w0, ushort w1, ushort w2, byte* target, int width, in Grain grain, byte* points)
    {
        var a = Vector256.Create(w0);
        var b = Vector256.Create(w1);
        var c = Vector256.Create(w2);
        var half = Vector256.Create((ushort)128);
        if (width < Block)
        {
            for (var x = 0; x < width; x++)
                target[x] = (byte)((before[x] * w0 + here[x] * w1 + after[x] * w2 + 128 >> 8) + points[grain.Column(x)]);
            return;
        }

        for (var done = 0; done < width; done += Block)
        {
            // The last vector reaches back over points that are done, and comes to the same there.
            var x = Math.Min(done, width - Block);
            var p = Vector256.Load(before + x);
            var q = Vector256.Load(here + x);
            var r = Vector256.Load(after + x);
            var low = Vector256.WidenLower(p) * a + Vector256.WidenLower(q) * b + Vector256.WidenLower(r) * c + half;
            var high = Vector256.WidenUpper(p) * a + Vector256.WidenUpper(q) * b + Vector256.WidenUpper(r) * c + half;
            (Vector256.Narrow(low >>> 8, high >>> 8) + Vector256.Load(points + grain.Column(x))).Store(target + x);
        }
    }
}
