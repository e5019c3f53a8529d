using System.Runtime.Intrinsics;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>Lays one picture over another.</summary>
internal static unsafe class Blend
{
    /// <summary>target = over where alpha is 255, target where it is 0, and in between in proportion, rounded.</summary>
    public static void Over(PlaneView target, PlaneView over, PlaneView alpha)
    {
        for (var y = 0; y < target.Height; y++)
            Row(target.Row(y), over.Row(y), alpha.Row(y), target.Width);
    }

    public static void Row(byte* target, byte* over, byte* alpha, int width)
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

            var t = Vector256.Load(target + x);
            var low = Mix(Vector256.WidenLower(t), Vector256.WidenLower(o), Vector256.WidenLower(a));
            var high = Mix(Vector256.WidenUpper(t), Vector256.WidenUpper(o), Vector256.WidenUpper(a));
            Vector256.Narrow(low, high).Store(target + x);
        }

        for (; x < width; x++)
        {
            var v = target[x] * (255 - alpha[x]) + over[x] * alpha[x] + 128;
            target[x] = (byte)(v + (v >> 8) >> 8);
        }
    }

    /// <summary>Division by 255, rounded: (v + 128 + (v + 128 >> 8)) >> 8; the sum of both parts fits 16 bits.</summary>
    private static Vector256<ushort> Mix(Vector256<ushort> target, Vector256<ushort> over, Vector256<ushort> alpha)
    {
        var v = target * (Vector256.Create((ushort)255) - alpha) + over * alpha + Vector256.Create((ushort)128);
        return (v + (v >>> 8)) >>> 8;
    }
}
