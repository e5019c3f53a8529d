using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LiveFace.Media.Frames;

/// <summary>(a × b + 2¹⁴) >> 15 on 16-bit lanes: one instruction where the processor has it.</summary>
internal static class RoundedMultiply
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Apply(Vector256<short> a, Vector256<short> b) => Avx2.IsSupported
        ? Avx2.MultiplyHighRoundScale(a, b)
        : Vector256.Create(Apply(a.GetLower(), b.GetLower()), Apply(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Apply(Vector128<short> a, Vector128<short> b)
    {
        if (Ssse3.IsSupported)
            return Ssse3.MultiplyHighRoundScale(a, b);
        if (AdvSimd.IsSupported)
            return AdvSimd.MultiplyRoundedDoublingSaturateHigh(a, b);
        var (lowA, highA) = Vector128.Widen(a);
        var (lowB, highB) = Vector128.Widen(b);
        var half = Vector128.Create(1 << 14);
        return Vector128.Narrow((lowA * lowB + half) >> 15, (highA * highB + half) >> 15);
    }
}
