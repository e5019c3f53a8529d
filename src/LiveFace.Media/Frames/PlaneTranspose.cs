using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LiveFace.Media.Frames;

/// <summary>
/// Swaps rows and columns of a plane, in blocks of 8 × 8 so that both sides stay in the cache. Strides may be negative,
/// which with a pointer to the last row makes quarter turns out of it.
/// </summary>
internal static unsafe class PlaneTranspose
{
    private const int Block = 8;

    public static void Transpose(byte* from, int fromStride, int width, int height, byte* to, int toStride)
    {
        var wide = width - width % Block;
        var tall = height - height % Block;
        for (var y = 0; y < tall; y += Block)
            for (var x = 0; x < wide; x += Block)
                TransposeBlock(from + (nint)y * fromStride + x, fromStride, to + (nint)x * toStride + y, toStride);

        TransposePlain(from, fromStride, wide, width, 0, tall, to, toStride);
        TransposePlain(from, fromStride, 0, width, tall, height, to, toStride);
    }

    private static void TransposePlain(
        byte* from, int fromStride, int left, int right, int top, int bottom, byte* to, int toStride)
    {
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
                to[(nint)x * toStride + y] = from[(nint)y * fromStride + x];
    }

    private static void TransposeBlock(byte* from, nint fromStride, byte* to, nint toStride)
    {
        if (!Sse2.IsSupported && !AdvSimd.Arm64.IsSupported)
        {
            TransposePlain(from, (int)fromStride, 0, Block, 0, Block, to, (int)toStride);
            return;
        }

        // Rows 0 and 4 side by side by bytes, then with 2 and 6, then with 1, 3, 5, 7: three rounds of zipping.
        var r04 = ZipBytes(Half(from), Half(from + 4 * fromStride));
        var r15 = ZipBytes(Half(from + fromStride), Half(from + 5 * fromStride));
        var r26 = ZipBytes(Half(from + 2 * fromStride), Half(from + 6 * fromStride));
        var r37 = ZipBytes(Half(from + 3 * fromStride), Half(from + 7 * fromStride));
        Vector128<byte> evenLow = ZipBytes(r04, r26), evenHigh = ZipBytesHigh(r04, r26);
        Vector128<byte> oddLow = ZipBytes(r15, r37), oddHigh = ZipBytesHigh(r15, r37);
        StoreTwo(ZipBytes(evenLow, oddLow), to, toStride);
        StoreTwo(ZipBytesHigh(evenLow, oddLow), to + 2 * toStride, toStride);
        StoreTwo(ZipBytes(evenHigh, oddHigh), to + 4 * toStride, toStride);
        StoreTwo(ZipBytesHigh(evenHigh, oddHigh), to + 6 * toStride, toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Half(byte* row) => Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(row)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipBytes(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipBytesHigh(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTwo(Vector128<byte> rows, byte* to, nint stride)
    {
        Unsafe.WriteUnaligned(to, rows.AsUInt64().ToScalar());
        Unsafe.WriteUnaligned(to + stride, rows.AsUInt64().GetElement(1));
    }
}
