using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// The mean of a block of 8 by 8 pixels in all three planes, of every fourth row: a ring has many blocks, and its mean is
/// as good as that of all rows.
/// </summary>
internal static unsafe class BlockMeans
{
    private const int Side = HiddenBlocks.Side;

    /// <summary>
    /// Brightness in the first lane, colour differences in the second and third, and one in the fourth, so that weights
    /// add up there. At the picture's border, of what is there.
    /// </summary>
    public static Vector128<float> Of(VideoFrame frame, int column, int row)
    {
        var (x, y) = (column * Side, row * Side);
        if (x + Side > frame.Width || y + Side > frame.Height)
            return AtBorder(frame, x, y);
        var luma = (byte*)frame.Y + (nint)y * frame.StrideY + x;
        var chroma = (nint)(y / 2 + 1) * frame.StrideUV + x / 2;
        var sums = SumHalves(Vector128.Create(
            Unsafe.ReadUnaligned<ulong>(luma + 2 * frame.StrideY), Unsafe.ReadUnaligned<ulong>(luma + 6 * frame.StrideY)).AsByte());
        // Four samples each: blue differences in the lower half, red ones in the upper.
        var colours = SumHalves(Vector128.Create(
            (ulong)Unsafe.ReadUnaligned<uint>((byte*)frame.U + chroma), Unsafe.ReadUnaligned<uint>((byte*)frame.V + chroma)).AsByte());
        return Vector128.Create((int)(sums[0] + sums[1]) * (1 / 16f), (int)colours[0] * (1 / 4f), (int)colours[1] * (1 / 4f), 1);
    }

    /// <summary>The sum of the lower eight bytes, and that of the upper eight.</summary>
    private static Vector128<ulong> SumHalves(Vector128<byte> bytes)
    {
        if (Sse2.IsSupported)
            return Sse2.SumAbsoluteDifferences(bytes, Vector128<byte>.Zero).AsUInt64();
        return Vector128.Create((ulong)Vector128.Sum(Vector128.WidenLower(bytes)), Vector128.Sum(Vector128.WidenUpper(bytes)));
    }

    private static Vector128<float> AtBorder(VideoFrame frame, int x, int y)
    {
        var (width, height) = (Math.Min(Side, frame.Width - x), Math.Min(Side, frame.Height - y));
        return Vector128.Create(
            Mean((byte*)frame.Y + (nint)y * frame.StrideY + x, frame.StrideY, width, height),
            Mean((byte*)frame.U + (nint)(y / 2) * frame.StrideUV + x / 2, frame.StrideUV, (width + 1) / 2, (height + 1) / 2),
            Mean((byte*)frame.V + (nint)(y / 2) * frame.StrideUV + x / 2, frame.StrideUV, (width + 1) / 2, (height + 1) / 2), 1);
    }

    private static float Mean(byte* at, int stride, int width, int height)
    {
        var sum = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                sum += at[(nint)y * stride + x];
        return sum / (float)(width * height);
    }
}
