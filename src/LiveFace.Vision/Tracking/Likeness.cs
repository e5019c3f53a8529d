using System.Runtime.CompilerServices;
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
        // One check here lets the rows go without any.
        if ((height - 1) * strideA + width > a.Length || (height - 1) * strideB + width > b.Length)
            throw new ArgumentException("A patch reaches over the end of its picture.", nameof(a));
        ref var rowA = ref MemoryMarshal.GetReference(a);
        ref var rowB = ref MemoryMarshal.GetReference(b);
        var sum = 0;
        for (var row = 0; row < height && sum < limit; row++)
        {
            sum += Row(ref rowA, ref rowB, width);
            rowA = ref Unsafe.Add(ref rowA, strideA);
            rowB = ref Unsafe.Add(ref rowB, strideB);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Row(ref byte a, ref byte b, int width)
    {
        var x = 0;
        var sum = 0;
        for (; x + 16 <= width; x += 16)
        {
            var va = Vector128.LoadUnsafe(ref a, (nuint)x);
            var vb = Vector128.LoadUnsafe(ref b, (nuint)x);
            if (Sse2.IsSupported)
            {
                var two = Sse2.SumAbsoluteDifferences(va, vb).AsUInt32();
                sum += (int)(two.GetElement(0) + two.GetElement(2));
            }
            else
            {
                var (low, high) = Vector128.Widen(Vector128.Max(va, vb) - Vector128.Min(va, vb));
                sum += Vector128.Sum(low + high);
            }
        }

        for (; x < width; x++)
            sum += Math.Abs(Unsafe.Add(ref a, x) - Unsafe.Add(ref b, x));
        return sum;
    }
}
