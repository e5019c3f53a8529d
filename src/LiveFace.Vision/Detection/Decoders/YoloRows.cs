using System.Numerics.Tensors;

namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// The tensor that YOLO from version 8 on gives: a column for each candidate, and rows of centre, size, the scores of
/// the classes, and whatever the variant adds. Also the same lying on its side, as some exports have it.
/// </summary>
internal sealed class YoloRows
{
    private readonly int _classes;
    private readonly int _columns;
    private readonly int _rows;
    private readonly bool _sideways;
    private readonly float[] _best;

    public YoloRows(DecoderSetup setup, int extra)
    {
        _classes = setup.Classes;
        _rows = 4 + _classes + extra;
        var (w, h) = (setup.Size.Width, setup.Size.Height);
        _columns = w / 8 * (h / 8) + w / 16 * (h / 16) + w / 32 * (h / 32);
        Output = setup.Find(
            o => o.Values.Length == _rows * _columns && (o.Last == _columns || o.Last == _rows),
            $"an output [1,{_rows},{_columns}] for {_classes} classes");
        _sideways = setup.Outputs[Output].Last == _rows;
        _best = new float[_columns];
    }

    /// <summary>Which output it is.</summary>
    public int Output { get; }

    /// <summary>Best score of each candidate, found row by row so that whole vectors are compared at once.</summary>
    public ReadOnlySpan<float> BestScores(ReadOnlySpan<float> values)
    {
        if (_sideways)
        {
            for (var c = 0; c < _columns; c++)
                _best[c] = TensorPrimitives.Max(values.Slice(c * _rows + 4, _classes));
            return _best;
        }

        values.Slice(4 * _columns, _columns).CopyTo(_best);
        for (var k = 1; k < _classes; k++)
            TensorPrimitives.Max(_best, values.Slice((4 + k) * _columns, _columns), _best);
        return _best;
    }

    public float At(ReadOnlySpan<float> values, int row, int column) =>
        _sideways ? values[column * _rows + row] : values[row * _columns + column];

    public int ClassOf(ReadOnlySpan<float> values, int column)
    {
        for (var k = 0; k < _classes; k++)
            if (At(values, 4 + k, column) >= _best[column])
                return k;
        return 0;
    }

    public BoxF BoxOf(ReadOnlySpan<float> values, int column)
    {
        var x = At(values, 0, column);
        var y = At(values, 1, column);
        var halfWidth = At(values, 2, column) * 0.5f;
        var halfHeight = At(values, 3, column) * 0.5f;
        return new BoxF(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }
}
