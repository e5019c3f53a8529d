using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>The mixed rows of both chroma planes, out of which outputs are picked alike.</summary>
internal readonly unsafe struct NearPair(short* blue, short* red, AxisTable columns)
{
    private readonly short* _blue = blue;
    private readonly short* _red = red;
    private readonly NearPicks _picks = new(columns);

    /// <summary>Makes sixteen outputs of each, from a multiple of sixteen on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sixteen(nint x, out Vector512<float> u, out Vector512<float> v)
    {
        u = _picks.Sixteen(_blue, x);
        v = _picks.Sixteen(_red, x);
    }
}
