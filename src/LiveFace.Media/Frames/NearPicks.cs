using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveFace.Media.Frames;

/// <summary>
/// How outputs are picked out of rows that <see cref="ColumnMix"/> made, where each is made of two neighbours that lie
/// near enough to the others' for a shuffle: for loops that make a pixel out of several planes at once. Only with AVX2.
/// </summary>
internal readonly unsafe struct NearPicks(AxisTable columns)
{
    /// <summary>What a level of 1 is among the numbers that are made.</summary>
    public const float One = 1 << (ColumnMix.FractionBits + AxisTable.WeightBits);

    private readonly int* _starts = columns.Starts;
    private readonly byte* _shuffles = AxisTable.HasWords ? (byte*)columns.Words : columns.Shuffles;
    private readonly short* _weights = columns.Pairs;

    /// <summary>Makes sixteen outputs of a row, from a multiple of sixteen on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Sixteen(short* row, nint x)
    {
        if (!AxisTable.HasWords)
            return Vector512.Create(Eight(row, x), Eight(row, x + 8));
        var near = Vector512.Load(row + _starts[x]);
        var pairs = Avx512BW.PermuteVar32x16(near, Vector512.Load((short*)_shuffles + 2 * x));
        return Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(pairs, Vector512.Load(_weights + 2 * x)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Eight(short* row, nint x)
    {
        var near = Vector256.Create(Vector128.Load(row + _starts[x]), Vector128.Load(row + _starts[x + 4]));
        var pairs = Avx2.Shuffle(near.AsByte(), Vector256.Load(_shuffles + 4 * x)).AsInt16();
        return Vector256.ConvertToSingle(Avx2.MultiplyAddAdjacent(pairs, Vector256.Load(_weights + 2 * x)));
    }
}
