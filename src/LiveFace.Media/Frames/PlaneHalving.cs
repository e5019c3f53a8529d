using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>Makes one row of a picture of half the size: the average of each two by two pixels.</summary>
public static unsafe class PlaneHalving
{
    private const int Lanes = 32;

    /// <summary>Fills a row out of the two that it stands for, which are twice as long or one pixel longer.</summary>
    public static void Row(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(upper.Length, 2 * destination.Length, nameof(upper));
        ArgumentOutOfRangeException.ThrowIfLessThan(lower.Length, 2 * destination.Length, nameof(lower));
        fixed (byte* first = upper, second = lower, to = destination)
            Halve(first, second, to, destination.Length);
    }

    private static void Halve(byte* upper, byte* lower, byte* destination, int count)
    {
        var x = 0;
        for (; x <= count - Lanes; x += Lanes)
        {
            var low = Averages(upper + 2 * x, lower + 2 * x);
            var high = Averages(upper + 2 * x + Lanes, lower + 2 * x + Lanes);
            Vector256.Narrow(low, high).Store(destination + x);
        }

        for (; x < count; x++)
            destination[x] = (byte)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) >> 2);
    }

    private static Vector256<ushort> Averages(byte* upper, byte* lower) =>
        (PairSums(upper) + PairSums(lower) + Vector256.Create((ushort)2)) >> 2;

    /// <summary>Neighbours lie in the two halves of 16-bit words.</summary>
    private static Vector256<ushort> PairSums(byte* row)
    {
        var words = Vector256.Load((ushort*)row);
        return (words & Vector256.Create((ushort)0xFF)) + (words >>> 8);
    }
}
