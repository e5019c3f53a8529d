using System.Runtime.Intrinsics;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Images.Pixels;

/// <summary>Turns RGBA rows into a frame, over white where they are transparent.</summary>
internal static unsafe class RgbaToFrame
{
    /// <summary>Overwrites the source when it has transparent pixels.</summary>
    public static void Convert(byte* rgba, int stride, bool hasAlpha, VideoFrame frame)
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = rgba + (nint)y * stride;
            if (hasAlpha)
                OverWhite(row, frame.Width);
            Luma((uint*)row, frame.Y + (nint)y * frame.StrideY, frame.Width);
        }

        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            var upper = rgba + (nint)(2 * y) * stride;
            var lower = 2 * y + 1 < frame.Height ? upper + stride : upper;
            Chroma(upper, lower, frame.Width, frame.U + (nint)y * frame.StrideUV, frame.V + (nint)y * frame.StrideUV);
        }
    }

    private static void OverWhite(byte* row, int width)
    {
        for (var x = 0; x < width; x++, row += 4)
        {
            var alpha = row[3];
            if (alpha == 255)
                continue;
            for (var c = 0; c < 3; c++)
                row[c] = (byte)((row[c] * alpha + 255 * (255 - alpha) + 127) / 255);
            row[3] = 255;
        }
    }

    /// <summary>BT.601, limited range, in 8.8 fixed point.</summary>
    private static void Luma(uint* row, byte* target, int width)
    {
        var x = 0;
        for (; x <= width - 16; x += 16)
        {
            var first = Luma(Vector256.Load(row + x));
            var second = Luma(Vector256.Load(row + x + 8));
            var words = Vector256.Narrow(first, second);
            Vector128.Narrow(words.GetLower(), words.GetUpper()).Store(target + x);
        }

        for (; x < width; x++)
        {
            var p = row[x];
            target[x] = (byte)((66 * (p & 255) + 129 * (p >> 8 & 255) + 25 * (p >> 16 & 255) + 128 >> 8) + 16);
        }
    }

    private static Vector256<uint> Luma(Vector256<uint> p)
    {
        var low = Vector256.Create(255u);
        var sum = (p & low) * 66u + (p >>> 8 & low) * 129u + (p >>> 16 & low) * 25u + Vector256.Create(128u);
        return (sum >>> 8) + Vector256.Create(16u);
    }

    private static void Chroma(byte* upper, byte* lower, int width, byte* u, byte* v)
    {
        for (var x = 0; x < width; x += 2)
        {
            // The last column of an odd width stands twice.
            var next = x + 1 < width ? 4 : 0;
            var at = x * 4;
            var r = upper[at] + upper[at + next] + lower[at] + lower[at + next];
            var g = upper[at + 1] + upper[at + next + 1] + lower[at + 1] + lower[at + next + 1];
            var b = upper[at + 2] + upper[at + next + 2] + lower[at + 2] + lower[at + next + 2];
            u[x >> 1] = (byte)((-38 * r - 74 * g + 112 * b + 512 >> 10) + 128);
            v[x >> 1] = (byte)((112 * r - 94 * g - 18 * b + 512 >> 10) + 128);
        }
    }
}
