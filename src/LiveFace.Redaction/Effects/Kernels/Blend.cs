using System.Runtime.Intrinsics;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>Lays one picture over another.</summary>
internal static unsafe class Blend
{
    private const int Block = 32;

    /// <summary>target = over where alpha is 255, target where it is 0, and in between in proportion, rounded.</summary>
    public static void Over(PlaneView target, PlaneView over, PlaneView alpha)
    {
        for (var y = 0; y < target.Height; y++)
            Row(target.Row(y), over.Row(y), alpha.Row(y), target.Width);
    }

    public static void Row(byte* target, byte* over, byte* alpha, int width)
    {
        var x = 0;
        for (; x <= width - Block; x += Block)
        {
            var a = Vector256.Load(alpha + x);
            if (a == Vector256<byte>.Zero)
                continue;
            if (a == Vector256<byte>.AllBitsSet)
                Vector256.Load(over + x).Store(target + x);
            else
                Mix(Vector256.Load(target + x), Vector256.Load(over + x), a).Store(target + x);
        }

        if (x < width && width >= Block)
        {
            // The last vector reaches back over points that are done; there nothing is laid over.
            var last = width - Block;
            var a = Vector256.Load(alpha + last) & Vector256.GreaterThanOrEqual(Vector256<byte>.Indices, Vector256.Create((byte)(x - last)));
            Mix(Vector256.Load(target + last), Vector256.Load(over + last), a).Store(target + last);
            return;
        }

        for (; x < width; x++)
        {
            var v = target[x] * (255 - alpha[x]) + over[x] * alpha[x] + 128;
            target[x] = (byte)(v + (v >> 8) >> 8);
        }
    }

    /// <summary>target = value where alpha is 255, target where it is 0, and in between in proportion, rounded.</summary>
    public static void Flat(byte* target, byte value, byte* alpha, int width)
    {
        var over = Vector256.Create((ushort)value);
        var x = 0;
        for (; x <= width - 32; x += 32)
        {
            var a = Vector256.Load(alpha + x);
            if (a == Vector256<byte>.Zero)
                continue;
            var t = Vector256.Load(target + x);
            var low = Mix(Vector256.WidenLower(t), over, Vector256.WidenLower(a));
            var high = Mix(Vector256.WidenUpper(t), over, Vector256.WidenUpper(a));
            Vector256.Narrow(low, high).Store(target + x);
        }

        for (; x < width; x++)
        {
            var v = target[x] * (255 - alpha[x]) + value * alpha[x] + 128;
            target[x] = (byte)(v + (v >> 8) >> 8);
        }
    }

    /// <summary>target = over + target · (255 − alpha) / 255, for colours that are multiplied by their alpha already.</summary>
    public static void Premultiplied(byte* target, byte* over, byte* alpha, int width)
    {
        var x = 0;
        for (; x <= width - 32; x += 32)
        {
            var a = Vector256.Load(alpha + x);
            if (a == Vector256<byte>.Zero)
                continue;
            var o = Vector256.Load(over + x);
            if (a == Vector256<byte>.AllBitsSet)
            {
                o.Store(target + x);
                continue;
            }

            // What remains of the target is what mixing it with nothing leaves.
            var t = Vector256.Load(target + x);
            var low = Mix(Vector256.WidenLower(t), Vector256<ushort>.Zero, Vector256.WidenLower(a)) + Vector256.WidenLower(o);
            var high = Mix(Vector256.WidenUpper(t), Vector256<ushort>.Zero, Vector256.WidenUpper(a)) + Vector256.WidenUpper(o);
            var most = Vector256.Create((ushort)255);
            Vector256.Narrow(Vector256.Min(low, most), Vector256.Min(high, most)).Store(target + x);
        }

        for (; x < width; x++)
        {
            var v = target[x] * (255 - alpha[x]) + 128;
            target[x] = (byte)Math.Min(255, over[x] + (v + (v >> 8) >> 8));
        }
    }

    /// <summary>Goes from one row to another: none of it at 0, all of it at 256.</summary>
    public static void Lerp(byte* from, byte* to, int part, byte* target, int width)
    {
        var second = Vector256.Create((ushort)part);
        var first = Vector256.Create((ushort)(256 - part));
        var half = Vector256.Create((ushort)128);
        var x = 0;
        for (; x <= width - 32; x += 32)
        {
            var a = Vector256.Load(from + x);
            var b = Vector256.Load(to + x);
            var low = Vector256.WidenLower(a) * first + Vector256.WidenLower(b) * second + half;
            var high = Vector256.WidenUpper(a) * first + Vector256.WidenUpper(b) * second + half;
            Vector256.Narrow(low >>> 8, high >>> 8).Store(target + x);
        }

        for (; x < width; x++)
            target[x] = (byte)(from[x] * (256 - part) + to[x] * part + 128 >> 8);
    }

    private static Vector256<byte> Mix(Vector256<byte> target, Vector256<byte> over, Vector256<byte> alpha) => Vector256.Narrow(
        Mix(Vector256.WidenLower(target), Vector256.WidenLower(over), Vector256.WidenLower(alpha)),
        Mix(Vector256.WidenUpper(target), Vector256.WidenUpper(over), Vector256.WidenUpper(alpha)));

    /// <summary>Division by 255, rounded: (v + 128 + (v + 128 >> 8)) >> 8; the sum of both parts fits 16 bits.</summary>
    private static Vector256<ushort> Mix(Vector256<ushort> target, Vector256<ushort> over, Vector256<ushort> alpha)
    {
        var v = target * (Vector256.Create((ushort)255) - alpha) + over * alpha + Vector256.Create((ushort)128);
        return (v + (v >>> 8)) >>> 8;
    }
}
