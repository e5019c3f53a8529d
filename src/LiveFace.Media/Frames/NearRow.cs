using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveFace.Media.Frames;

/// <summary>
/// A row that <see cref="ColumnMix"/> made, whose outputs are made of two neighbours each and lie near enough together
/// for a shuffle. For loops that make a pixel out of several planes at once. Only with AVX2.
/// </summary>
internal readonly unsafe struct NearRow(short* row, AxisTable columns) : ILevelRow
{
    private readonly short* _row = row;
    private readonly int* _starts = columns.Starts;
    private readonly byte* _shuffles = AxisTable.HasWords ? (byte*)columns.Words : columns.Shuffles;
    private readonly short* _weights = columns.Pairs;

    public static float One => 1 << (ColumnMix.FractionBits + AxisTable.WeightBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Sixteen(nint x)
    {
        if (!AxisTable.HasWords)
            return Vector512.Create(Eight(x), Eight(x + 8));
        var near = Vector512.Load(_row + _starts[x]);
        var pairs = Avx512BW.PermuteVar32x16(near, Vector512.Load((short*)_shuffles + 2 * x));
        return Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(pairs, Vector512.Load(_weights + 2 * x)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Eight(nint x)
    {
        var near = Vector256.Create(Vector128.Load(_row + _starts[x]), Vector128.Load(_row + _starts[x + 4]));
        var pairs = Avx2.Shuffle(near.AsByte(), Vector256.Load(_shuffles + 4 * x)).AsInt16();
        return Vector256.ConvertToSingle(Avx2.MultiplyAddAdjacent(pairs, Vector256.Load(_weights + 2 * x)));
    }
}
