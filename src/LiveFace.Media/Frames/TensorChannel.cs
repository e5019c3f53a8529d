using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>
/// What leads from levels of Y, U and V to one channel of a tensor: colour matrix, mean and scale in one set of factors,
/// with the clamp to 0–255 moved behind them.
/// </summary>
internal readonly record struct TensorChannel(float Y, float U, float V, float Bias, float Low, float High, float Padding)
{
    /// <summary>The channels of a format, in its order.</summary>
    public static TensorChannel[] AllOf(TensorFormat format)
    {
        var m = YuvMatrix.For(format.Range);
        var red = (U: 0f, V: m.RedV);
        var green = (U: m.GreenU, V: m.GreenV);
        var blue = (U: m.BlueU, V: 0f);
        (float U, float V)[] order = format.Channels switch
        {
            TensorChannels.Rgb => [red, green, blue],
            TensorChannels.Bgr => [blue, green, red],
            _ => [(0, 0)],
        };
        var channels = new TensorChannel[order.Length];
        for (var c = 0; c < order.Length; c++)
            channels[c] = Make(m, order[c].U, order[c].V, format.Mean[c], format.Scale[c], format.Padding);
        return channels;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y) => Clamp(
        Vector256.MultiplyAddEstimate(y, Vector256.Create(Y), Vector256.Create(Bias)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> u, Vector256<float> v)
    {
        var sum = Vector256.MultiplyAddEstimate(y, Vector256.Create(Y), Vector256.Create(Bias));
        sum = Vector256.MultiplyAddEstimate(u, Vector256.Create(U), sum);
        return Clamp(Vector256.MultiplyAddEstimate(v, Vector256.Create(V), sum));
    }

    private static TensorChannel Make(in YuvMatrix m, float u, float v, float mean, float scale, byte padding)
    {
        var black = (0 - mean) * scale;
        var white = (255 - mean) * scale;
        return new TensorChannel(
            m.Luma * scale, u * scale, v * scale, (-m.Luma * m.Black - 128 * (u + v) - mean) * scale,
            Math.Min(black, white), Math.Max(black, white), (padding - mean) * scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Clamp(Vector256<float> value) =>
        Vector256.MinNative(Vector256.MaxNative(value, Vector256.Create(Low)), Vector256.Create(High));
}
