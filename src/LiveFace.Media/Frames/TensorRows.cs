using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>
/// The last step into a tensor: levels of Y, U and V become normalised channels in the model's order. Colour matrix,
/// mean and scale are one set of factors, and the clamp to 0–255 is moved behind them.
/// </summary>
internal sealed unsafe class TensorRows
{
    private readonly TensorFormat _format;
    private readonly Channel[] _channels;
    private readonly bool _isEven;

    public TensorRows(TensorFormat format)
    {
        _format = format;
        var m = YuvMatrix.For(format.Range);
        var bias = -m.Luma * m.Black;
        var red = (U: 0f, V: m.RedV);
        var green = (U: m.GreenU, V: m.GreenV);
        var blue = (U: m.BlueU, V: 0f);
        (float U, float V)[] order = format.Channels switch
        {
            TensorChannels.Rgb => [red, green, blue],
            TensorChannels.Bgr => [blue, green, red],
            _ => [(0, 0)],
        };
        _channels = new Channel[order.Length];
        _isEven = order.Length == 3 && format.Mean == new Vector3(format.Mean.X) && format.Scale == new Vector3(format.Scale.X);
        for (var c = 0; c < order.Length; c++)
            _channels[c] = Channel.Make(m.Luma, order[c].U, order[c].V, bias, format.Mean[c], format.Scale[c], format.Padding);
    }

    /// <summary>Fills all that lies outside <paramref name="content"/> with the padding level.</summary>
    public void Pad(float* tensor, PixelRect content)
    {
        for (var row = 0; row < _format.Height; row++)
        {
            if (row < content.Y || row >= content.Bottom)
            {
                PadRun(tensor, row, 0, _format.Width);
                continue;
            }

            PadRun(tensor, row, 0, content.X);
            PadRun(tensor, row, content.Right, _format.Width);
        }
    }

    /// <summary>Writes one row of a tensor with luma alone.</summary>
    public void WriteGrey(float* tensor, PixelRect content, int row, float* y)
    {
        var to = tensor + (nint)(content.Y + row) * _format.Width + content.X;
        var grey = _channels[0];
        var x = 0;
        for (; x <= content.Width - 8; x += 8)
            grey.Apply(Vector256.Load(y + x)).Store(to + x);
        for (; x < content.Width; x++)
            to[x] = grey.Apply(Vector256.Create(y[x])).ToScalar();
    }

    /// <summary>Writes one row of a tensor in colour. The levels are readable up to a whole vector.</summary>
    public void WriteColour(float* tensor, PixelRect content, int row, float* y, float* u, float* v)
    {
        var pixel = (nint)(content.Y + row) * _format.Width + content.X;
        if (_format.Layout == TensorLayout.Nchw)
            WritePlanes(tensor + pixel, (nint)_format.Width * _format.Height, content.Width, y, u, v);
        else
            WriteSideBySide(tensor + 3 * pixel, content.Width, y, u, v);
    }

    private void WritePlanes(float* first, nint plane, int width, float* y, float* u, float* v)
    {
        Channel a = _channels[0], b = _channels[1], c = _channels[2];
        var second = first + plane;
        var third = second + plane;
        var x = 0;
        if (_isEven)
        {
            var isRgb = _format.Channels == TensorChannels.Rgb;
            x = WriteEven(isRgb ? first : third, second, isRgb ? third : first, width, y, u, v);
        }

        for (; x <= width - 8; x += 8)
        {
            Vector256<float> vy = Vector256.Load(y + x), vu = Vector256.Load(u + x), vv = Vector256.Load(v + x);
            a.Apply(vy, vu, vv).Store(first + x);
            b.Apply(vy, vu, vv).Store(second + x);
            c.Apply(vy, vu, vv).Store(third + x);
        }

        for (; x < width; x++)
        {
            Vector256<float> vy = Vector256.Create(y[x]), vu = Vector256.Create(u[x]), vv = Vector256.Create(v[x]);
            first[x] = a.Apply(vy, vu, vv).ToScalar();
            second[x] = b.Apply(vy, vu, vv).ToScalar();
            third[x] = c.Apply(vy, vu, vv).ToScalar();
        }
    }

    /// <summary>
    /// Whole vectors where all channels are normalised alike: what they share, and what red has of U and blue of V
    /// (nothing), is left out of the work. Gives the number of pixels written.
    /// </summary>
    private int WriteEven(float* red, float* green, float* blue, int width, float* y, float* u, float* v)
    {
        var isRgb = _format.Channels == TensorChannels.Rgb;
        Channel r = _channels[isRgb ? 0 : 2], g = _channels[1], b = _channels[isRgb ? 2 : 0];
        Vector256<float> luma = Vector256.Create(g.Y), low = Vector256.Create(g.Low), high = Vector256.Create(g.High);
        Vector256<float> redBias = Vector256.Create(r.Bias), redV = Vector256.Create(r.V);
        Vector256<float> greenBias = Vector256.Create(g.Bias), greenU = Vector256.Create(g.U), greenV = Vector256.Create(g.V);
        Vector256<float> blueBias = Vector256.Create(b.Bias), blueU = Vector256.Create(b.U);
        var x = 0;
        for (; x <= width - 8; x += 8)
        {
            Vector256<float> vy = Vector256.Load(y + x), vu = Vector256.Load(u + x), vv = Vector256.Load(v + x);
            var ofRed = Vector256.MultiplyAddEstimate(vv, redV, Vector256.MultiplyAddEstimate(vy, luma, redBias));
            Vector256.MinNative(Vector256.MaxNative(ofRed, low), high).Store(red + x);
            var ofGreen = Vector256.MultiplyAddEstimate(vu, greenU, Vector256.MultiplyAddEstimate(vy, luma, greenBias));
            ofGreen = Vector256.MultiplyAddEstimate(vv, greenV, ofGreen);
            Vector256.MinNative(Vector256.MaxNative(ofGreen, low), high).Store(green + x);
            var ofBlue = Vector256.MultiplyAddEstimate(vu, blueU, Vector256.MultiplyAddEstimate(vy, luma, blueBias));
            Vector256.MinNative(Vector256.MaxNative(ofBlue, low), high).Store(blue + x);
        }

        return x;
    }

    private void WriteSideBySide(float* to, int width, float* y, float* u, float* v)
    {
        Channel a = _channels[0], b = _channels[1], c = _channels[2];
        var x = 0;
        for (; x <= width - 8; x += 8, to += 24)
        {
            Vector256<float> vy = Vector256.Load(y + x), vu = Vector256.Load(u + x), vv = Vector256.Load(v + x);
            Interleave(a.Apply(vy, vu, vv), b.Apply(vy, vu, vv), c.Apply(vy, vu, vv), to);
        }

        for (; x < width; x++, to += 3)
        {
            Vector256<float> vy = Vector256.Create(y[x]), vu = Vector256.Create(u[x]), vv = Vector256.Create(v[x]);
            to[0] = a.Apply(vy, vu, vv).ToScalar();
            to[1] = b.Apply(vy, vu, vv).ToScalar();
            to[2] = c.Apply(vy, vu, vv).ToScalar();
        }
    }

    /// <summary>Stores a0 b0 c0 a1 b1 c1 …: each third of the output takes its lanes from all three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector256<float> a, Vector256<float> b, Vector256<float> c, float* to)
    {
        var second = Vector256.Create(0, -1, 0, 0, -1, 0, 0, -1).AsSingle();
        var third = Vector256.Create(0, 0, -1, 0, 0, -1, 0, 0).AsSingle();
        Pick(
            Vector256.Shuffle(a, Vector256.Create(0, 0, 0, 1, 1, 1, 2, 2)),
            Vector256.Shuffle(b, Vector256.Create(0, 0, 0, 1, 1, 1, 2, 2)),
            Vector256.Shuffle(c, Vector256.Create(0, 0, 0, 1, 1, 1, 2, 2)),
            second, third).Store(to);
        Pick(
            Vector256.Shuffle(c, Vector256.Create(2, 3, 3, 3, 4, 4, 4, 5)),
            Vector256.Shuffle(a, Vector256.Create(2, 3, 3, 3, 4, 4, 4, 5)),
            Vector256.Shuffle(b, Vector256.Create(2, 3, 3, 3, 4, 4, 4, 5)),
            second, third).Store(to + 8);
        Pick(
            Vector256.Shuffle(b, Vector256.Create(5, 5, 6, 6, 6, 7, 7, 7)),
            Vector256.Shuffle(c, Vector256.Create(5, 5, 6, 6, 6, 7, 7, 7)),
            Vector256.Shuffle(a, Vector256.Create(5, 5, 6, 6, 6, 7, 7, 7)),
            second, third).Store(to + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pick(
        Vector256<float> rest, Vector256<float> b, Vector256<float> c, Vector256<float> isB, Vector256<float> isC) =>
        Vector256.ConditionalSelect(isB, b, Vector256.ConditionalSelect(isC, c, rest));

    private void PadRun(float* tensor, int row, int from, int to)
    {
        var plane = (nint)_format.Width * _format.Height;
        var start = (nint)row * _format.Width + from;
        var count = to - from;
        if (count <= 0)
            return;
        if (_format.Layout == TensorLayout.Nchw || _channels.Length == 1)
        {
            for (var c = 0; c < _channels.Length; c++)
                new Span<float>(tensor + c * plane + start, count).Fill(_channels[c].Padding);
            return;
        }

        var pixel = tensor + 3 * start;
        for (var x = 0; x < count; x++, pixel += 3)
            for (var c = 0; c < 3; c++)
                pixel[c] = _channels[c].Padding;
    }

    /// <summary>One channel's factors with normalisation worked in.</summary>
    private readonly record struct Channel(float Y, float U, float V, float Bias, float Low, float High, float Padding)
    {
        public static Channel Make(float y, float u, float v, float bias, float mean, float scale, byte padding)
        {
            var black = (0 - mean) * scale;
            var white = (255 - mean) * scale;
            return new Channel(
                y * scale, u * scale, v * scale, (bias - 128 * (u + v) - mean) * scale,
                Math.Min(black, white), Math.Max(black, white), (padding - mean) * scale);
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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector256<float> Clamp(Vector256<float> value) =>
            Vector256.MinNative(Vector256.MaxNative(value, Vector256.Create(Low)), Vector256.Create(High));
    }
}
