using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveFace.Vision.Tracking;

/// <summary>How alike two patches of brightness are.</summary>
internal static class Likeness
{
    /// <summary>Sum of absolute differences; stops early once it is over the limit.</summary>
    public static int Difference(
        ReadOnlySpan<byte> a, int strideA, ReadOnlySpan<byte> b, int strideB, int width, int height, int limit)
    {
        var sum = 0;
        for (var row = 0; row < height; row++)
        {
            sum += Row(a.Slice(row * strideA, width), b.Slice(row * strideB, width));
            if (sum >= limit)
                return sum;
        }

        return sum;
    }

    /// <summary>Normalised correlation, −1 to 1, blind to brightness and contrast; 1 for two flat patches.</summary>
    public static float Correlation(
        ReadOnlySpan<byte> a, int strideA, ReadOnlySpan<byte> b, int strideB, int width, int height)
    {
        long sumA = 0, sumB = 0, sumAA = 0, sumBB = 0, sumAB = 0;
        for (var row = 0; row < height; row++)
        {
            var rowA = a.Slice(row * strideA, width);
            var rowB = b.Slice(row * strideB, width);
            int ra = 0, rb = 0, raa = 0, rbb = 0, rab = 0;
            for (var x = 0; x < width; x++)
            {
                int va = rowA[x], vb = rowB[x];
                ra += va;
                rb += vb;
                raa += va * va;
                rbb += vb * vb;
                rab += va * vb;
            }

            sumA += ra;
            sumB += rb;
            sumAA += raa;
            sumBB += rbb;
            sumAB += rab;
        }

        double n = (double)width * height;
        var varianceA = sumAA - sumA * (double)sumA / n;
        var varianceB = sumBB - sumB * (double)sumB / n;
        var shared = sumAB - sumA * (double)sumB / n;
        // A patch whose brightness hardly varies (two grey levels) has no pattern to compare.
        var flat = 4 * n;
        if (varianceA < flat && varianceB < flat)
            return 1;
        if (varianceA < flat || varianceB < flat)
            return 0;
        return (float)(shared / Math.Sqrt(varianceA * varianceB));
    }

    private static int Row(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        ref var ra = ref MemoryMarshal.GetReference(a);
        ref var rb = ref MemoryMarshal.GetReference(b);
        var x = 0;
        var sum = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; x + 16 <= a.Length; x += 16)
            {
                var va = Vector128.LoadUnsafe(ref ra, (nuint)x);
                var vb = Vector128.LoadUnsafe(ref rb, (nuint)x);
                if (Sse2.IsSupported)
                {
                    var two = Sse2.SumAbsoluteDifferences(va, vb).AsUInt32();
                    sum += (int)(two.GetElement(0) + two.GetElement(2));
                }
                else
                {
                    var apart = Vector128.Max(va, vb) - Vector128.Min(va, vb);
                    var (low, high) = Vector128.Widen(apart);
                    sum += Vector128.Sum(low + high);
                }
            }
        }

        for (; x < a.Length; x++)
            sum += Math.Abs(a[x] - b[x]);
        return sum;
    }
}
