using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>Two rows of four-byte pixels to two rows of luma and one of chroma.</summary>
internal static unsafe class RgbaRows
{
    private const int Lanes = 8;
    private const int Bits = 16;
    private const int Half = 1 << (Bits - 1);

    public static void ToYuv(
        byte* upper, byte* lower, int width, RgbaOrder order, byte* upperY, byte* lowerY, byte* u, byte* v)
    {
        var whole = width - width % Lanes;
        for (var x = 0; x < whole; x += Lanes)
            Eight(upper + 4 * x, lower + 4 * x, order, upperY + x, lowerY + x, u + (x >> 1), v + (x >> 1));
        if (whole == width)
            return;

        // The last pixel stands in for those that are missing, so an odd column's chroma is its own.
        var ends = stackalloc uint[2 * Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            var x = Math.Min(whole + lane, width - 1);
            ends[lane] = Unsafe.ReadUnaligned<uint>(upper + 4 * x);
            ends[Lanes + lane] = Unsafe.ReadUnaligned<uint>(lower + 4 * x);
        }

        Eight((byte*)ends, (byte*)(ends + Lanes), order, upperY + whole, lowerY + whole, u + (whole >> 1), v + (whole >> 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(byte* upper, byte* lower, RgbaOrder order, byte* upperY, byte* lowerY, byte* u, byte* v)
    {
        var (r0, g0, b0) = Split(upper, order);
        var (r1, g1, b1) = Split(lower, order);
        StoreEight((r0 * 16829 + g0 * 33039 + b0 * 6416 + Vector256.Create((16 << Bits) + Half)) >> Bits, upperY);
        StoreEight((r1 * 16829 + g1 * 33039 + b1 * 6416 + Vector256.Create((16 << Bits) + Half)) >> Bits, lowerY);

        // Sums of four pixels, so two bits more are dropped.
        Vector128<int> r = Pairs(r0 + r1), g = Pairs(g0 + g1), b = Pairs(b0 + b1);
        var middle = Vector128.Create((128 << (Bits + 2)) + (Half << 2));
        StoreFour((r * -9714 + g * -19070 + b * 28784 + middle) >> (Bits + 2), u);
        StoreFour((r * 28784 + g * -24103 + b * -4681 + middle) >> (Bits + 2), v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<int> R, Vector256<int> G, Vector256<int> B) Split(byte* pixels, RgbaOrder order)
    {
        var all = Vector256.Load((uint*)pixels);
        var level = Vector256.Create(255u);
        var first = (all & level).AsInt32();
        var green = ((all >> 8) & level).AsInt32();
        var third = ((all >> 16) & level).AsInt32();
        return order == RgbaOrder.Rgba ? (first, green, third) : (third, green, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Pairs(Vector256<int> sums) =>
        Vector256.Shuffle(sums, Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6)).GetLower()
        + Vector256.Shuffle(sums, Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7)).GetLower();

    private static void StoreEight(Vector256<int> levels, byte* to)
    {
        var words = Vector128.Narrow(levels.GetLower(), levels.GetUpper());
        Unsafe.WriteUnaligned(to, Vector128.Narrow(words, words).AsUInt64().ToScalar());
    }

    private static void StoreFour(Vector128<int> levels, byte* to)
    {
        var words = Vector128.Narrow(levels, levels);
        Unsafe.WriteUnaligned(to, Vector128.Narrow(words, words).AsUInt32().ToScalar());
    }
}
