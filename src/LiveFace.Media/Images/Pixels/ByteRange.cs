using System.Runtime.Intrinsics;

namespace LiveFace.Media.Images.Pixels;

/// <summary>
/// Between JPEG's full range (JFIF: 0–255 in all planes) and the limited range that frames carry (BT.601: 16–235 for
/// luma, 16–240 for chroma).
/// </summary>
internal static unsafe class ByteRange
{
    public static void ToLimited(byte* plane, int count, bool chroma)
    {
        var span = (ushort)(chroma ? 224 : 219);
        var x = 0;
        for (; x <= count - 32; x += 32)
        {
            var v = Vector256.Load(plane + x);
            Vector256.Narrow(Shrink(Vector256.WidenLower(v)), Shrink(Vector256.WidenUpper(v))).Store(plane + x);
        }

        for (; x < count; x++)
        {
            var t = plane[x] * span + 128;
            plane[x] = (byte)((t + (t >> 8) >> 8) + 16);
        }

        // v · span / 255, rounded.
        Vector256<ushort> Shrink(Vector256<ushort> v)
        {
            var t = v * Vector256.Create(span) + Vector256.Create((ushort)128);
            return ((t + (t >>> 8)) >>> 8) + Vector256.Create((ushort)16);
        }
    }

    public static void ToFull(byte* source, byte* target, int count, bool chroma)
    {
        for (var x = 0; x < count; x++)
            target[x] = chroma ? FullChroma[source[x]] : FullLuma[source[x]];
    }

    private static readonly byte[] FullLuma = Table(16, 235, 0, 255f / 219);
    private static readonly byte[] FullChroma = Table(16, 240, 128, 255f / 224);

    private static byte[] Table(int low, int high, int centre, float scale)
    {
        var table = new byte[256];
        var origin = centre == 0 ? low : centre;
        for (var i = 0; i < 256; i++)
            table[i] = (byte)Math.Clamp(MathF.Round((Math.Clamp(i, low, high) - origin) * scale) + centre, 0, 255);
        return table;
    }
}
