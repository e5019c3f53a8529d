namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// One number for each pixel: how surely it belongs to a person. Gives one detection with a mask over the whole input;
/// its box is what the sure pixels span.
/// </summary>
internal sealed class OutlineDecoder : IDetectionDecoder
{
    private const float LeastPart = 0.002f;

    private readonly int _output;
    private readonly int _width;
    private readonly int _height;

    public OutlineDecoder(DecoderSetup setup)
    {
        _width = setup.Size.Width;
        _height = setup.Size.Height;
        _output = setup.Find(o => o.Values.Length == _width * _height, $"an output of {_width}×{_height} numbers");
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        var values = outputs[_output].Values;
        var mask = found.AddMask(_width, _height, new BoxF(0, 0, _width, _height), out var index);
        var to = mask.Values;
        int left = _width, top = _height, right = -1, bottom = -1, sure = 0;
        float sum = 0;
        for (var y = 0; y < _height; y++)
        {
            for (var x = 0; x < _width; x++)
            {
                var value = Math.Clamp(values[y * _width + x], 0, 1);
                to[y * _width + x] = (byte)(value * 255 + 0.5f);
                if (value < weak)
                    continue;
                left = Math.Min(left, x);
                right = Math.Max(right, x);
                top = Math.Min(top, y);
                bottom = Math.Max(bottom, y);
                sum += value;
                sure++;
            }
        }

        if (sure > LeastPart * _width * _height)
            found.Add(new DetectedObject(new BoxF(left, top, right + 1, bottom + 1), 0, sum / sure, Mask: index));
    }
}
