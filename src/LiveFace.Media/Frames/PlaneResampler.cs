using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>
/// Resizes one plane row by row with a column table, a row table and one row of scratch. Keeps its memory, so the same
/// or a smaller request allocates nothing.
/// </summary>
internal sealed unsafe class PlaneResampler
{
    /// <summary>Columns are read from a multiple of this, so that vectors never leave a row's stride.</summary>
    private const int ColumnAlignment = 32;

    private readonly AxisTable _columns;
    private readonly AxisTable _rows;
    private AlignedMemory<short> _mixed;
    private byte* _plane;
    private int _stride;
    private int _from;
    private bool _halves;

    public PlaneResampler() => (_columns, _rows) = (new AxisTable(), new AxisTable());

    /// <summary>Shares the tables of a plane of the same size, of which the same region is always opened first.</summary>
    public PlaneResampler(PlaneResampler twin) => (_columns, _rows) = (twin._columns, twin._rows);

    /// <summary>Makes room for outputs of two taps up to that size, so that a region of another shape makes nothing anew.</summary>
    public void Reserve(int width, int height)
    {
        _columns.Reserve(width, 2);
        _rows.Reserve(height, 2);
    }

    /// <summary>Makes room for a whole row of a plane, so that another region of the same picture makes nothing anew.</summary>
    public void ReserveRow(int planeWidth) => _mixed.Grow(planeWidth + ColumnAlignment + RowMix.RowSlack);

    /// <summary>
    /// Chooses what is resized: a region of a plane, to <paramref name="width"/> × <paramref name="height"/>.
    /// </summary>
    public void Open(
        byte* plane, int stride, int planeWidth, int planeHeight, PictureRegion region, int width, int height, ResampleFilter filter)
    {
        _plane = plane;
        _stride = stride;
        _columns.Build(region.X, region.Width, width, planeWidth, filter);
        _rows.Build(region.Y, region.Height, height, planeHeight, filter);
        _halves = _columns.Halves && _rows.Halves;
        _from = _columns.First & ~(ColumnAlignment - 1);
        ReserveRow(planeWidth);
    }

    /// <summary>Whether each output is one pixel of the plane, so that <see cref="Copied"/> can be read.</summary>
    public bool IsCopy => _columns.IsCopy && _rows.IsCopy;

    /// <summary>The pixels that one output row is.</summary>
    public CopiedRow Copied(int row) => new(CopiedFrom(row));

    /// <summary>Whether <see cref="Near"/> can be read.</summary>
    public bool IsNear => _columns.IsNear;

    /// <summary>Mixes what one output row is made of, which stands until the next.</summary>
    public NearRow Near(int row) => new(MixColumns(row), _columns);

    /// <summary>The same of this plane and of its twin.</summary>
    public NearPair NearPair(PlaneResampler twin, int row) => new(MixColumns(row), twin.MixColumns(row), _columns);

    /// <summary>Makes one output row as levels of 0 to 255 with fractions.</summary>
    public void ReadRow(int row, float* destination)
    {
        if (IsCopy)
            CopyRow(CopiedFrom(row), _columns.Count, destination);
        else
            Mix(row).ToFloats(destination);
    }

    /// <summary>Makes one output row as bytes.</summary>
    public void ReadRow(int row, byte* destination)
    {
        if (!_halves)
        {
            Mix(row).ToBytes(destination);
            return;
        }

        var upper = _plane + (nint)_rows.Starts[row] * _stride + _columns.First;
        var count = _columns.Count;
        PlaneHalving.Row(new(upper, 2 * count), new(upper + _stride, 2 * count), new(destination, count));
    }

    private static void CopyRow(byte* row, int count, float* destination)
    {
        var x = 0;
        for (; x <= count - 8; x += 8)
        {
            var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)(row + x)).AsByte());
            var (low, high) = Vector128.Widen(words);
            Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32()).Store(destination + x);
        }

        for (; x < count; x++)
            destination[x] = row[x];
    }

    private byte* CopiedFrom(int row) => _plane + (nint)(_rows.First + row) * _stride + _columns.First;

    private RowMix Mix(int row) => new(MixColumns(row), _columns);

    /// <summary>Mixes the columns that are read, and gives where the plane's first one would lie.</summary>
    private short* MixColumns(int row)
    {
        ColumnMix.Mix(_plane, _stride, _rows, row, _from, _columns.End, _mixed.Start);
        return _mixed.Start - _from;
    }
}
