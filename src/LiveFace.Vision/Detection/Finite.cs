using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveFace.Vision.Detection;

/// <summary>Tells whether numbers are numbers.</summary>
internal static class Finite
{
    /// <summary>Whether no value is NaN or infinite: such a value times zero is NaN, and NaN stays in a sum.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        // Four sums at once, so that no addition waits for the one before it.
        Vector<float> a = default, b = default, c = default, d = default;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var i = 0;
        for (; i + 4 <= vectors.Length; i += 4)
        {
            a += vectors[i] * Vector<float>.Zero;
            b += vectors[i + 1] * Vector<float>.Zero;
            c += vectors[i + 2] * Vector<float>.Zero;
            d += vectors[i + 3] * Vector<float>.Zero;
        }

        var rest = Vector.Sum(a + b + c + d);
        foreach (var value in values[(i * Vector<float>.Count)..])
            rest += value * 0;
        return !float.IsNaN(rest);
    }
}
