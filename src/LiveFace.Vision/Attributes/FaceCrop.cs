using LiveFace.Media.Frames;

namespace LiveFace.Vision.Attributes;

/// <summary>A face copied out of a frame, with so much round it that it can be turned; from it the models' inputs are drawn.</summary>
internal sealed class FaceCrop
{
    // A square that is turned by an eighth of a circle lies in one of this side.
    private const float Around = 1.42f;

    private const int Pixels = 320;

    private readonly TensorSampler _sampler = new(new TensorFormat(Pixels, Pixels) { Filter = ResampleFilter.Area });
    private readonly float[] _values = GC.AllocateUninitializedArray<float>(3 * Pixels * Pixels);
    private float _cosine;
    private float _sine;

    /// <summary>Copies the square out of a frame.</summary>
    public void Take(VideoFrame frame, in FaceSquare square)
    {
        var side = square.Side * Around;
        _sampler.Sample(frame, new PictureRegion(square.X - side / 2, square.Y - side / 2, side, side), _values);
        (_cosine, _sine) = (square.Cosine, square.Sine);
    }

    /// <summary>Draws the square as a plane each of red, green and blue, 0 to 255, of that side.</summary>
    public void Draw(int side, bool mirrored, Span<float> planes)
    {
        const float middle = Pixels / 2f;
        var step = Pixels / (Around * side);
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var (dx, dy) = ((x + 0.5f - side / 2f) * (mirrored ? -step : step), (y + 0.5f - side / 2f) * step);
                var (px, py) = (middle + _cosine * dx - _sine * dy - 0.5f, middle + _sine * dx + _cosine * dy - 0.5f);
                for (var channel = 0; channel < 3; channel++)
                    planes[(channel * side + y) * side + x] = At(channel, px, py);
            }
    }

    private float At(int channel, float x, float y)
    {
        x = Math.Clamp(x, 0, Pixels - 1.001f);
        y = Math.Clamp(y, 0, Pixels - 1.001f);
        var (x0, y0) = ((int)x, (int)y);
        var (fx, fy) = (x - x0, y - y0);
        var row = _values.AsSpan((channel * Pixels + y0) * Pixels + x0, Pixels + 2);
        return (row[0] * (1 - fx) + row[1] * fx) * (1 - fy) + (row[Pixels] * (1 - fx) + row[Pixels + 1] * fx) * fy;
    }
}
