using System.Runtime.Intrinsics;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// Averages cells in one pass over the pixels: the rows of a cell are added up column by column in 16-bit lanes, and
/// the columns then cell by cell.
/// </summary>
internal sealed unsafe class CellMeans
{
    /// <summary>So many rows of 255 fit 16 bits.</summary>
    private const int RowsPerBand = 256;

    private readonly Scratch _columns = new();
    private long[] _sums = [];

    public void Take(CellGrid grid, bool luma, PlaneView source, Span<byte> means)
    {
        var columns = (ushort*)_columns.Get(source.Width * sizeof(ushort) + 64);
        var across = grid.Across;
        if (_sums.Length < across.Count)
            _sums = new long[Math.Max(across.Count, 64)];
        for (var j = 0; j < grid.Down.Count; j++)
        {
            var (top, bottom) = grid.Down.Clipped(j, luma, source.Height);
            var sums = _sums.AsSpan(0, across.Count);
            sums.Clear();
            for (var y = top; y < bottom; y += RowsPerBand)
            {
                var rows = Math.Min(RowsPerBand, bottom - y);
                AddRows(source.Row(y), source.Stride, source.Width, rows, columns);
                for (var i = 0; i < sums.Length; i++)
                {
                    var (from, to) = across.Clipped(i, luma, source.Width);
                    sums[i] += Sum(columns + from, to - from);
                }
            }

            for (var i = 0; i < sums.Length; i++)
            {
                var (from, to) = across.Clipped(i, luma, source.Width);
                var samples = (long)(to - from) * (bottom - top);
                // A cell of which this plane shows nothing (odd sizes) is never painted; any value does.
                means[j * across.Count + i] = samples > 0 ? (byte)((sums[i] + samples / 2) / samples) : (byte)128;
            }
        }
    }

    private static void AddRows(byte* first, int stride, int width, int rows, ushort* columns)
    {
        var x = 0;
        for (; x <= width - 64; x += 64)
        {
            var a = Vector256<ushort>.Zero;
            var b = a;
            var c = a;
            var d = a;
            var at = first + x;
            for (var y = 0; y < rows; y++, at += stride)
            {
                var left = Vector256.Load(at);
                var right = Vector256.Load(at + 32);
                a += Vector256.WidenLower(left);
                b += Vector256.WidenUpper(left);
                c += Vector256.WidenLower(right);
                d += Vector256.WidenUpper(right);
            }

            a.Store(columns + x);
            b.Store(columns + x + 16);
            c.Store(columns + x + 32);
            d.Store(columns + x + 48);
        }

        if (width >= 16)
        {
            for (; x < width; x += 16)
            {
                // The last vector reaches back over columns that are done, and comes to the same there.
                var column = Math.Min(x, width - 16);
                var a = Vector256<ushort>.Zero;
                var at = first + column;
                for (var y = 0; y < rows; y++, at += stride)
                    a += Vector256.WidenLower(Vector128.Load(at).ToVector256Unsafe());
                a.Store(columns + column);
            }

            return;
        }

        for (; x < width; x++)
        {
            var sum = 0;
            for (var y = 0; y < rows; y++)
                sum += first[(nint)y * stride + x];
            columns[x] = (ushort)sum;
        }
    }

    private static long Sum(ushort* columns, int count)
    {
        var total = Vector256<uint>.Zero;
        var x = 0;
        for (; x <= count - 16; x += 16)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(columns + x));
            total += low + high;
        }

        long sum = Vector256.Sum(total);
        for (; x < count; x++)
            sum += columns[x];
        return sum;
    }
}
