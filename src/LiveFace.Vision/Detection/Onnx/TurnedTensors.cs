using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection.Onnx;

/// <summary>
/// Makes tensors of turned windows: each is sampled as it stands and then turned, so that the frame is read once and row by
/// row. One for a lane; what was made for a size is used again.
/// </summary>
internal sealed class TurnedTensors(OnnxDetector detector)
{
    // Whole pictures and two windows, in two shapes each, and as many that wait for the picture to have its old shape again.
    private const int Most = 12;

    private readonly List<TensorSampler> _samplers = [];
    private float[] _standing = [];

    /// <summary>Fills a tensor of that size; the mapping leads from the window as it stands to the frame.</summary>
    public TensorMapping Sample(VideoFrame frame, PictureRegion region, InputSize size, QuarterTurns turns, Span<float> tensor)
    {
        var standing = size.Turned(turns);
        var sampler = For(standing);
        var length = sampler.Format.Length;
        Grow(length);
        var mapping = sampler.Sample(frame, region, _standing);
        var channels = sampler.Format.ChannelCount;
        if (sampler.Format.Layout == TensorLayout.Nhwc)
            Turn(_standing.AsSpan(0, length), tensor, standing, turns, channels);
        else
            for (var channel = 0; channel < channels; channel++)
                Turn(_standing.AsSpan(channel * standing.Area, standing.Area), tensor.Slice(channel * standing.Area, standing.Area), standing, turns, 1);
        return mapping;
    }

    /// <summary>Makes room for turned windows of pictures that wide.</summary>
    public void Prepare(int pictureWidth, ReadOnlySpan<InputSize> inputs)
    {
        foreach (var size in inputs)
        {
            Grow(For(size).Format.Length);
            For(size).Reserve(pictureWidth);
            For(size.Turned(QuarterTurns.Clockwise)).Reserve(pictureWidth);
        }
    }

    private void Grow(int length)
    {
        if (_standing.Length < length)
            _standing = GC.AllocateUninitializedArray<float>(length);
    }

    private static void Turn(ReadOnlySpan<float> from, Span<float> to, InputSize standing, QuarterTurns turns, int values)
    {
        var (width, height) = (standing.Width, standing.Height);

        // Where the first pixel of the turned picture comes from, and the steps to the next one across and down.
        var (start, across, down) = turns switch
        {
            QuarterTurns.Clockwise => ((height - 1) * width, -width, 1),
            QuarterTurns.Half => (width * height - 1, -1, -width),
            QuarterTurns.CounterClockwise => (width - 1, width, -1),
            _ => (0, 1, width),
        };
        var turned = standing.Turned(turns);
        var at = 0;
        for (var y = 0; y < turned.Height; y++)
            for (var (x, pixel) = (0, start + y * down); x < turned.Width; x++, pixel += across)
                for (var value = 0; value < values; value++)
                    to[at++] = from[pixel * values + value];
    }

    private TensorSampler For(InputSize standing)
    {
        foreach (var known in _samplers)
            if (known.Format.Width == standing.Width && known.Format.Height == standing.Height)
                return known;
        if (_samplers.Count == Most)
            _samplers.RemoveAt(0);
        var made = new TensorSampler(ModelTensor.FormatOf(detector.Entry, standing));
        _samplers.Add(made);
        return made;
    }
}
