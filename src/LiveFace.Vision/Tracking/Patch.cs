using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveFace.Vision.Tracking;

/// <summary>
/// A small part of a picture, packed once and then held against many places of another in whole vectors, two rows at a
/// time where they are narrow. Both pictures are what <see cref="LumaPyramid.Readable"/> gives.
/// </summary>
internal readonly ref struct Patch
{
    private const int Lanes = 32;
    private const int Half = Lanes / 2;

    // So many vectors are summed up before it is asked whether the sum is over the limit.
    private const int Steps = 4;

    private readonly ReadOnlySpan<byte> _packed;
    private readonly int _stride;
    private readonly int _width;
    private readonly int _height;

    /// <summary>Packs the part whose first pixel is <paramref name="at"/> into memory for <see cref="BytesOf"/> its size.</summary>
    public Patch(ReadOnlySpan<byte> picture, int at, int stride, int width, int height, Span<byte> memory)
    {
        var bytes = BytesOf(width, height);
        (_stride, _width, _height) = (stride, width, height);
        _packed = memory[..bytes];
        var step = width <= Half ? Half : Lanes;
        memory[..bytes].Clear();
        for (var column = 0; column < width; column += step)
            for (var row = 0; row < height; row++)
                picture.Slice(at + row * stride + column, Math.Min(step, width - column)).CopyTo(memory[(column * height + row * step)..]);
    }

    /// <summary>How much memory a patch of that size is packed into: columns of whole vectors, one below the other.</summary>
    public static int BytesOf(int width, int height) => width <= Half
        ? (height + 1) / 2 * Lanes
        : (width + Lanes - 1) / Lanes * height * Lanes;

    /// <summary>
    /// Sum of absolute differences to the place whose first pixel is <paramref name="at"/>. From the limit on it may be
    /// too low, but not below the limit.
    /// </summary>
    public int Difference(ReadOnlySpan<byte> picture, int at, int limit)
    {
        // One check here lets the rows go without any.
        if (at < 0 || at + (_height - 1) * _stride + (_width + Lanes - 1) / Lanes * Lanes > picture.Length)
            throw new ArgumentOutOfRangeException(nameof(at), "A patch reaches over the end of its picture.");
        ref var place = ref Unsafe.Add(ref MemoryMarshal.GetReference(picture), at);
        ref var packed = ref MemoryMarshal.GetReference(_packed);
        if (_width <= Half)
            return Pairs(ref place, ref packed, limit);
        var sum = 0;
        for (var column = 0; column < _width && sum < limit; column += Lanes)
            sum += Rows(ref Unsafe.Add(ref place, column), ref Unsafe.Add(ref packed, column * _height), _width - column, limit - sum);
        return sum;
    }

    /// <summary>Mean difference of the pixels from their own mean: how much pattern there is to follow.</summary>
    public int Texture()
    {
        var pixels = _width * _height;
        var mean = SumApart(0) / pixels;
        // What the vectors have over is black, and as far from the mean as the mean is from nothing.
        return (SumApart((byte)mean) - (_packed.Length - pixels) * mean) / pixels;
    }

    private int Pairs(ref byte place, ref byte packed, int limit)
    {
        var inside = Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)_width));
        var mask = Vector256.Create(inside, inside);
        var sum = Vector256<ulong>.Zero;
        var total = 0;
        for (var row = 0; row < _height && total < limit;)
        {
            for (var end = Math.Min(_height, row + 2 * Steps); row < end; row += 2)
            {
                var upper = Vector128.LoadUnsafe(ref place);
                var lower = row + 1 < _height ? Vector128.LoadUnsafe(ref place, (nuint)_stride) : Vector128<byte>.Zero;
                sum += Apart(Vector256.Create(upper, lower) & mask, Vector256.LoadUnsafe(ref packed));
                place = ref Unsafe.Add(ref place, 2 * _stride);
                packed = ref Unsafe.Add(ref packed, Lanes);
            }

            total = (int)Vector256.Sum(sum);
        }

        return total;
    }

    private int Rows(ref byte place, ref byte packed, int width, int limit)
    {
        var mask = Vector256.LessThan(Vector256<byte>.Indices, Vector256.Create((byte)Math.Min(width, Lanes)));
        var sum = Vector256<ulong>.Zero;
        var total = 0;
        for (var row = 0; row < _height && total < limit;)
        {
            for (var end = Math.Min(_height, row + Steps); row < end; row++)
            {
                sum += Apart(Vector256.LoadUnsafe(ref place) & mask, Vector256.LoadUnsafe(ref packed));
                place = ref Unsafe.Add(ref place, _stride);
                packed = ref Unsafe.Add(ref packed, Lanes);
            }

            total = (int)Vector256.Sum(sum);
        }

        return total;
    }

    private int SumApart(byte from)
    {
        var sum = Vector256<ulong>.Zero;
        foreach (ref readonly var vector in MemoryMarshal.Cast<byte, Vector256<byte>>(_packed))
            sum += Apart(vector, Vector256.Create(from));
        return (int)Vector256.Sum(sum);
    }

    /// <summary>Differences of two vectors, summed up in some of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Apart(Vector256<byte> a, Vector256<byte> b)
    {
        if (Avx2.IsSupported)
            return Avx2.SumAbsoluteDifferences(a, b).AsUInt64();
        var (low, high) = Vector256.Widen(Vector256.Max(a, b) - Vector256.Min(a, b));
        return Vector256.CreateScalar((ulong)Vector256.Sum(low + high));
    }
}
