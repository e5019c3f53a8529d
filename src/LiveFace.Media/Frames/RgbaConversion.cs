using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>Order of the four bytes of a pixel.</summary>
public enum RgbaOrder
{
    /// <summary>Red, green, blue, alpha.</summary>
    Rgba,

    /// <summary>Blue, green, red, alpha.</summary>
    Bgra,
}

/// <summary>Between frames (BT.601, limited range) and pictures of four bytes a pixel.</summary>
public static unsafe class RgbaConversion
{
    private const int Lanes = 16;

    /// <summary>Writes a frame as opaque pixels. Rows start <paramref name="stride"/> bytes apart.</summary>
    public static void ToRgba(VideoFrame frame, Span<byte> pixels, int stride, RgbaOrder order = RgbaOrder.Rgba)
    {
        ThrowIfTooSmall(pixels.Length, stride, frame);
        fixed (byte* first = pixels)
        {
            for (var row = 0; row < frame.Height; row++)
            {
                var chroma = (nint)(row >> 1) * frame.StrideUV;
                RowToRgba(
                    frame.Y + (nint)row * frame.StrideY, frame.U + chroma, frame.V + chroma,
                    frame.Width, first + (nint)row * stride, order);
            }
        }
    }

    /// <summary>Fills a frame from pixels; alpha is not looked at. Chroma is the average of the pixels it stands for.</summary>
    public static void FromRgba(ReadOnlySpan<byte> pixels, int stride, VideoFrame frame, RgbaOrder order = RgbaOrder.Rgba)
    {
        ThrowIfTooSmall(pixels.Length, stride, frame);
        fixed (byte* first = pixels)
        {
            for (var row = 0; row < frame.Height; row += 2)
            {
                var upper = first + (nint)row * stride;
                var hasLower = row + 1 < frame.Height;
                var upperY = frame.Y + (nint)row * frame.StrideY;
                var chroma = (nint)(row >> 1) * frame.StrideUV;
                RgbaRows.ToYuv(
                    upper, hasLower ? upper + stride : upper, frame.Width, order,
                    upperY, hasLower ? upperY + frame.StrideY : upperY, frame.U + chroma, frame.V + chroma);
            }
        }
    }

    private static void ThrowIfTooSmall(int bytes, int stride, VideoFrame frame)
    {
        if (stride < 4 * frame.Width)
            throw new ArgumentOutOfRangeException(nameof(stride), stride, $"A row of {frame.Width} pixels takes {4 * frame.Width} bytes.");
        var needed = (long)stride * (frame.Height - 1) + 4 * frame.Width;
        if (bytes < needed)
            throw new ArgumentException($"The picture takes {needed} bytes and there are {bytes}.", nameof(bytes));
    }

    private static void RowToRgba(byte* y, byte* u, byte* v, int width, byte* to, RgbaOrder order)
    {
        // Rows of a frame are whole vectors long; only the destination needs care at its end.
        var whole = width - width % Lanes;
        for (var x = 0; x < whole; x += Lanes)
            SixteenToRgba(y + x, u + (x >> 1), v + (x >> 1), to + 4 * x, order);
        if (whole == width)
            return;
        var last = stackalloc byte[4 * Lanes];
        SixteenToRgba(y + whole, u + (whole >> 1), v + (whole >> 1), last, order);
        Unsafe.CopyBlockUnaligned(to + 4 * whole, last, (uint)(4 * (width - whole)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SixteenToRgba(byte* y, byte* u, byte* v, byte* to, RgbaOrder order)
    {
        // Everything has six fraction bits after the multiplication, which drops 15 of 7 + 14 (luma) and 8 + 13 (chroma).
        var (yLow, yHigh) = Vector128.Widen(Vector128.Load(y));
        var luma = RoundedMultiply.Apply(
            (Vector256.Create(yLow, yHigh).AsInt16() - Vector256.Create((short)16)) << 7, Vector256.Create((short)19077));
        var blueness = Doubled(u);
        var redness = Doubled(v);
        var r = Level(luma, RoundedMultiply.Apply(redness, Vector256.Create((short)13075)));
        var g = Level(
            luma,
            RoundedMultiply.Apply(blueness, Vector256.Create((short)-3209)) + RoundedMultiply.Apply(redness, Vector256.Create((short)-6660)));
        var b = Level(luma, RoundedMultiply.Apply(blueness, Vector256.Create((short)16525)));

        var (first, third) = order == RgbaOrder.Rgba ? (r, b) : (b, r);
        var (lowA, highA) = Vector256.Widen(first | (g << 8));
        var (lowB, highB) = Vector256.Widen(third | Vector256.Create((ushort)0xFF00));
        (lowA | (lowB << 16)).Store((uint*)to);
        (highA | (highB << 16)).Store((uint*)to + 8);
    }

    /// <summary>Eight chroma samples, each for two pixels, around zero and with 8 fraction bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Doubled(byte* chroma)
    {
        var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(chroma)).AsByte();
        var (low, high) = Vector128.Widen(Vector128.WidenLower(bytes));
        var wide = Vector256.Create(low, high);
        return ((wide | (wide << 16)).AsInt16() - Vector256.Create((short)128)) << 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Level(Vector256<short> luma, Vector256<short> chroma)
    {
        var sum = Vector256.AddSaturate(Vector256.AddSaturate(luma, chroma), Vector256.Create((short)32)) >> 6;
        return Vector256.Min(Vector256.Max(sum, Vector256<short>.Zero), Vector256.Create((short)255)).AsUInt16();
    }
}
