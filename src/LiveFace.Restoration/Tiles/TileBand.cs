using System.Numerics.Tensors;

namespace LiveFace.Restoration.Tiles;

/// <summary>
/// One row of tiles as it fills: sums of what tiles say of each pixel, each by its weight. Rows that no later tile reaches are
/// taken out, and the rest moves up; so memory is that of one row of tiles, however high the picture is.
/// </summary>
internal sealed class TileBand
{
    // Mask and coverage.
    private const int Planes = 2;

    private readonly float[][] _sums = new float[Planes][];
    private readonly float[] _weights;
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _across;
    private readonly float[] _down;

    public TileBand(int width, int height, int tileWidth, int tileHeight)
    {
        (_width, _height) = (width, height);
        (_across, _down) = (TileAxis.Weights(tileWidth), TileAxis.Weights(tileHeight));
        _weights = new float[width * height];
        for (var plane = 0; plane < Planes; plane++)
            _sums[plane] = new float[width * height];
    }

    /// <summary>Adds what a tile says: of each pixel how surely it is marked, and how much of it is covered.</summary>
    public void Add(int left, ReadOnlySpan<float> mask, ReadOnlySpan<float> cover)
    {
        var tile = _across.Length;
        var count = Math.Min(tile, _width - left);
        Span<float> weights = stackalloc float[TileAxis.Side];
        weights = weights[..count];
        for (var y = 0; y < Math.Min(_down.Length, _height); y++)
        {
            TensorPrimitives.Multiply(_across.AsSpan(0, count), _down[y], weights);
            var at = y * _width + left;
            var total = _weights.AsSpan(at, count);
            TensorPrimitives.Add(total, weights, total);
            for (var plane = 0; plane < Planes; plane++)
            {
                var said = (plane == 0 ? mask : cover).Slice(y * tile, count);
                var sum = _sums[plane].AsSpan(at, count);
                TensorPrimitives.MultiplyAdd(said, weights, sum, sum);
            }
        }
    }

    /// <summary>Writes the first rows as bytes, and moves the others up.</summary>
    public void Take(int rows, Span<byte> mask, Span<byte> cover)
    {
        var count = rows * _width;
        for (var i = 0; i < count; i++)
        {
            var part = 255 / _weights[i];
            (mask[i], cover[i]) = (Byte(_sums[0][i] * part), Byte(_sums[1][i] * part));
        }

        Shift(_weights, count);
        foreach (var sum in _sums)
            Shift(sum, count);
    }

    private static void Shift(float[] values, int count)
    {
        values.AsSpan(count).CopyTo(values);
        values.AsSpan(values.Length - count).Clear();
    }

    // Written so that NaN is nothing.
    private static byte Byte(float value) => value > 0 ? (byte)Math.Min(value + 0.5f, 255) : (byte)0;
}
