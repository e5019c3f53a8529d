using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveFace.Media.Frames;

/// <summary>
/// The horizontal half of a resize: makes output pixels out of a row that <see cref="ColumnMix"/> made. Both taps of a
/// pair lie side by side, so one 32-bit gather and one multiply-and-add make eight outputs.
/// Destinations have room for <see cref="AxisTable.PaddedCount"/> values, and rows for <see cref="RowSlack"/> more than
/// the last tap.
/// </summary>
internal readonly unsafe ref struct RowMix
{
    /// <summary>How far past the last tap a row is read (with no weight).</summary>
    public const int RowSlack = 2 * AxisTable.Lanes + 2;

    private const int TotalBits = ColumnMix.FractionBits + AxisTable.WeightBits;

    private readonly short* _row;
    private readonly int* _starts;
    private readonly short* _weights;
    private readonly byte* _shuffles;
    private readonly int _padded;
    private readonly int _pairs;
    private readonly Way _way;

    /// <summary>Prepares one row; <paramref name="row"/> is where source pixel 0 would lie.</summary>
    public RowMix(short* row, AxisTable table)
    {
        _starts = table.Starts;
        _weights = table.Pairs;
        _padded = table.PaddedCount;
        _pairs = table.TapPairs;
        _shuffles = table.Shuffles;
        _way = WayFor(table);
        _row = _way is Way.Copy or Way.Twos ? row + table.First : row;
    }

    private enum Way
    {
        Copy,
        Twos,
        Shuffle,
        Gather,
        Plain,
    }

    /// <summary>Makes levels of 0 to 255 with their fractions.</summary>
    public void ToFloats(float* destination)
    {
        // The commonest ways have loops of their own, with all that they read in registers.
        switch (_way)
        {
            case Way.Shuffle when _pairs == 1:
                ShuffledToFloats(_row, _starts, _shuffles, _weights, _padded, destination);
                return;
            case Way.Twos:
                TwosToFloats(_row, _weights, _padded, destination);
                return;
            case Way.Copy:
                CopiedToFloats(_row, _padded, destination);
                return;
        }

        var scale = Vector256.Create(1f / (1 << TotalBits));
        for (var x = 0; x < _padded; x += 8)
            (Vector256.ConvertToSingle(Eight(x)) * scale).Store(destination + x);
    }

    private static void TwosToFloats(short* row, short* weights, int padded, float* destination)
    {
        var scale = Vector256.Create(1f / (1 << TotalBits));
        for (var x = 0; x < padded; x += 8)
        {
            var sum = Avx2.MultiplyAddAdjacent(Vector256.Load(row + 2 * x), Vector256.Load(weights + 2 * x));
            (Vector256.ConvertToSingle(sum) * scale).Store(destination + x);
        }
    }

    private static void CopiedToFloats(short* row, int padded, float* destination)
    {
        var scale = Vector256.Create(1f / (1 << ColumnMix.FractionBits));
        for (var x = 0; x < padded; x += 8)
            (Vector256.ConvertToSingle(Widen(row + x)) * scale).Store(destination + x);
    }

    private static void ShuffledToFloats(
        short* row, int* starts, byte* shuffles, short* weights, int padded, float* destination)
    {
        var scale = Vector256.Create(1f / (1 << TotalBits));
        for (var x = 0; x < padded; x += 8)
        {
            var pixels = Shuffled(row + starts[x], row + starts[x + 4], Vector256.Load(shuffles + 4 * x));
            var sum = Avx2.MultiplyAddAdjacent(pixels, Vector256.Load(weights + 2 * x));
            (Vector256.ConvertToSingle(sum) * scale).Store(destination + x);
        }
    }

    /// <summary>Makes rounded levels.</summary>
    public void ToBytes(byte* destination)
    {
        var half = Vector256.Create(1 << (TotalBits - 1));
        for (var x = 0; x < _padded; x += 16)
        {
            var low = (Eight(x) + half) >> TotalBits;
            var high = (Eight(x + 8) + half) >> TotalBits;
            var words = Vector256.Narrow(low, high).AsUInt16();
            Vector128.Narrow(words.GetLower(), words.GetUpper()).Store(destination + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Eight(int x) => _way switch
    {
        Way.Shuffle => EightShuffled(x),
        Way.Gather => EightGathered(x),
        Way.Twos => Avx2.MultiplyAddAdjacent(Vector256.Load(_row + 2 * x), Vector256.Load(_weights + 2 * x)),
        Way.Copy => Vector256.ShiftLeft(Widen(_row + x), AxisTable.WeightBits),
        _ => EightPlain(x),
    };

    /// <summary>A gather costs many times a shuffle, and at up to twice as small the pixels lie near enough for one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> EightShuffled(int x)
    {
        var low = _row + _starts[x];
        var high = _row + _starts[x + 4];
        var shuffle = Vector256.Load(_shuffles + 4 * x);
        var weights = _weights + 2 * x;
        var sum = Avx2.MultiplyAddAdjacent(Shuffled(low, high, shuffle), Vector256.Load(weights));
        for (var pair = 1; pair < _pairs; pair++)
        {
            weights += 2 * _padded;
            sum += Avx2.MultiplyAddAdjacent(Shuffled(low + 2 * pair, high + 2 * pair, shuffle), Vector256.Load(weights));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Shuffled(short* low, short* high, Vector256<byte> shuffle) =>
        Avx2.Shuffle(Vector256.Create(Vector128.Load(low), Vector128.Load(high)).AsByte(), shuffle).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> EightGathered(int x)
    {
        var starts = Vector256.Load(_starts + x);
        var weights = _weights + 2 * x;
        var sum = Avx2.MultiplyAddAdjacent(Avx2.GatherVector256((int*)_row, starts, 2).AsInt16(), Vector256.Load(weights));
        for (var pair = 1; pair < _pairs; pair++)
        {
            weights += 2 * _padded;
            var taps = Avx2.GatherVector256((int*)(_row + 2 * pair), starts, 2).AsInt16();
            sum += Avx2.MultiplyAddAdjacent(taps, Vector256.Load(weights));
        }

        return sum;
    }

    private static Way WayFor(AxisTable table)
    {
        if (table.IsCopy)
            return Way.Copy;
        if (!Avx2.IsSupported)
            return Way.Plain;
        if (table.StepsByTwo)
            return Way.Twos;
        return table.IsNarrow ? Way.Shuffle : Way.Gather;
    }

    private static Vector256<int> Widen(short* row)
    {
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int32(row);
        var (low, high) = Vector128.Widen(Vector128.Load(row));
        return Vector256.Create(low, high);
    }

    private Vector256<int> EightPlain(int x)
    {
        var sums = Vector256<int>.Zero;
        for (var lane = 0; lane < 8; lane++)
        {
            var sum = 0;
            var source = _row + _starts[x + lane];
            for (var pair = 0; pair < _pairs; pair++)
            {
                var weights = _weights + 2 * (pair * _padded + x + lane);
                sum += source[2 * pair] * weights[0] + source[2 * pair + 1] * weights[1];
            }

            sums = sums.WithElement(lane, sum);
        }

        return sums;
    }
}
