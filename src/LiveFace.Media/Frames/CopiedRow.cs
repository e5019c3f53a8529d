using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveFace.Media.Frames;

/// <summary>A row of a plane whose pixels are the outputs themselves; it is readable for a whole vector. Only with AVX2.</summary>
internal readonly unsafe struct CopiedRow(byte* row) : ILevelRow
{
    private readonly byte* _row = row;

    public static float One => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Sixteen(nint x) => Vector512.ConvertToSingle(Avx512F.IsSupported
        ? Avx512F.ConvertToVector512Int32(Vector128.Load(_row + x))
        : Vector512.Create(Avx2.ConvertToVector256Int32(_row + x), Avx2.ConvertToVector256Int32(_row + x + 8)));
}
