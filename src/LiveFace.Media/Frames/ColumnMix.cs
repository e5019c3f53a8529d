using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveFace.Media.Frames;

/// <summary>
/// The vertical half of a resize: mixes whole source rows into one row of 16-bit values with six fraction bits.
/// Rows of a <see cref="VideoFrame"/> start at multiples of 64 and are that long, so whole vectors can be read.
/// </summary>
internal static unsafe class ColumnMix
{
    /// <summary>Fraction bits of the values made.</summary>
    public const int FractionBits = 6;

    /// <summary>Past this many rows, rounding each product would add up, and the sum is kept in floats.</summary>
    private const int MaximumRoundedTaps = 16;

    private const int Lanes = 16;

    /// <summary>
    /// Mixes output row <paramref name="output"/> of <paramref name="table"/> for the columns from
    /// <paramref name="from"/> (a multiple of 16) until <paramref name="end"/>, rounded up to whole vectors.
    /// </summary>
    public static void Mix(byte* plane, int stride, AxisTable table, int output, int from, int end, short* destination)
    {
        var first = plane + (nint)table.Starts[output] * stride;
        if (table.Taps > MaximumRoundedTaps)
        {
            MixMany(first, stride, table.Exact(output), from, end, destination);
            return;
        }

        if (table.Taps == 2)
        {
            var (upper, lower) = (table.Weight(output, 0), table.Weight(output, 1));
            if (upper != 0 && lower != 0)
                MixTwo(first, first + stride, upper, lower, from, end, destination);
            else
                Widen(upper != 0 ? first : first + stride, from, end, destination);
            return;
        }

        MixTrimmed(first, stride, table, output, from, end, destination);
    }

    /// <summary>Leaves out the rows at both ends that weigh nothing.</summary>
    private static void MixTrimmed(byte* first, int stride, AxisTable table, int output, int from, int end, short* destination)
    {
        Span<short> weights = stackalloc short[MaximumRoundedTaps];
        var taps = 0;
        for (var tap = 0; tap < table.Taps; tap++)
        {
            weights[tap] = table.Weight(output, tap);
            if (weights[tap] != 0)
                taps = tap + 1;
        }

        while (taps > 1 && weights[0] == 0)
        {
            weights = weights[1..];
            first += stride;
            taps--;
        }

        if (taps == 1)
            Widen(first, from, end, destination);
        else if (taps == 2)
            MixTwo(first, first + stride, weights[0], weights[1], from, end, destination);
        else
            MixFew(first, stride, weights[..taps], from, end, destination);
    }

    private static void Widen(byte* row, int from, int end, short* destination)
    {
        for (var x = from; x < end; x += Lanes, destination += Lanes)
            Vector256.ShiftLeft(Load(row + x), FractionBits).Store(destination);
    }

    private static void MixTwo(byte* upper, byte* lower, short upperWeight, short lowerWeight, int from, int end, short* destination)
    {
        var x = from;
        if (Avx512BW.IsSupported)
        {
            var (wideUpper, wideLower) = (Vector512.Create(upperWeight), Vector512.Create(lowerWeight));
            for (; x <= end - 2 * Lanes; x += 2 * Lanes, destination += 2 * Lanes)
                (Weighted(LoadWide(upper + x), wideUpper) + Weighted(LoadWide(lower + x), wideLower)).Store(destination);
        }

        var (wu, wl) = (Vector256.Create(upperWeight), Vector256.Create(lowerWeight));
        for (; x < end; x += Lanes, destination += Lanes)
            (Weighted(Load(upper + x), wu) + Weighted(Load(lower + x), wl)).Store(destination);
    }

    private static void MixFew(byte* first, int stride, ReadOnlySpan<short> weights, int from, int end, short* destination)
    {
        for (var x = from; x < end; x += Lanes, destination += Lanes)
        {
            var sum = Vector256<short>.Zero;
            var row = first + x;
            foreach (var weight in weights)
            {
                sum += Weighted(Load(row), Vector256.Create(weight));
                row += stride;
            }

            sum.Store(destination);
        }
    }

    private static void MixMany(byte* first, int stride, ReadOnlySpan<float> weights, int from, int end, short* destination)
    {
        for (var x = from; x < end; x += Lanes, destination += Lanes)
        {
            var low = Vector256.Create(0.5f);
            var high = low;
            var row = first + x;
            foreach (var weight in weights)
            {
                var w = Vector256.Create(weight * (1 << FractionBits));
                var (a, b) = Vector256.Widen(Load(row));
                low += Vector256.ConvertToSingle(a) * w;
                high += Vector256.ConvertToSingle(b) * w;
                row += stride;
            }

            Vector256.Narrow(Vector256.ConvertToInt32(low), Vector256.ConvertToInt32(high)).Store(destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Load(byte* row)
    {
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int16(row);
        var (low, high) = Vector128.Widen(Vector128.Load(row));
        return Vector256.Create(low, high).AsInt16();
    }

    /// <summary>
    /// Level times weight, rounded: the level goes in with 7 fraction bits, the weight with 14, and the product drops
    /// 15, which leaves 6.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Weighted(Vector256<short> levels, Vector256<short> weight) =>
        RoundedMultiply.Apply(Vector256.ShiftLeft(levels, 15 + FractionBits - AxisTable.WeightBits), weight);

    /// <summary>Twice as many at once, where the processor can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> LoadWide(byte* row) => Avx512BW.ConvertToVector512Int16(Vector256.Load(row));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Weighted(Vector512<short> levels, Vector512<short> weight) => Avx512BW.MultiplyHighRoundScale(
        Vector512.ShiftLeft(levels, 15 + FractionBits - AxisTable.WeightBits), weight);
}
