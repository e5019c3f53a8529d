using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveFace.Vision.Detection;

/// <summary>Tells whether numbers are numbers.</summary>
internal static class Finite
{
    /// <summary>Whether no value is NaN or infinite: such a value times zero is NaN, and NaN stays in a sum.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        var sum = Vector<float>.Zero;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (ref readonly var vector in vectors)
            sum += vector * Vector<float>.Zero;
        var rest = Vector.Sum(sum);
        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
            rest += value * 0;
        return !float.IsNaN(rest);
    }
}
