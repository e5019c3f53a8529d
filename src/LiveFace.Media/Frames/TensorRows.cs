using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>
/// The last step into a tensor: levels of Y, U and V become normalised channels in the model's order.
/// </summary>
internal sealed unsafe class TensorRows
{
    private readonly TensorFormat _format;
    private readonly TensorChannel[] _channels;

    public TensorRows(TensorFormat format, TensorChannel[] channels)
    {
        _format = format;
        _channels = channels;
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
        TensorChannel a = _channels[0], b = _channels[1], c = _channels[2];
        var second = first + plane;
        var third = second + plane;
        var x = 0;
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

    private void WriteSideBySide(float* to, int width, float* y, float* u, float* v)
    {
        TensorChannel a = _channels[0], b = _channels[1], c = _channels[2];
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
}
