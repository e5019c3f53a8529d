using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>One plane's mixed row, and how outputs are picked out of it.</summary>
internal readonly unsafe struct NearRow(short* row, AxisTable columns) : ILevelRow
{
    private readonly short* _row = row;
    private readonly NearPicks _picks = new(columns);

    public static float One => NearPicks.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Sixteen(nint x) => _picks.Sixteen(_row, x);
}
