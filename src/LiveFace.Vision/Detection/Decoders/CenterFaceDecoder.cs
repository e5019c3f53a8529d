namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// CenterFace: maps at a quarter of the input: where centres are, the logarithm of the size in quarters, the centre's
/// offset inside its cell, and five points in parts of the box. Heights and rows come first in its pairs.
/// </summary>
internal sealed class CenterFaceDecoder : IDetectionDecoder
{
    private const float Stride = 4;

    private readonly int _width;
    private readonly int _height;
    private readonly int _heat;
    private readonly int _scale;
    private readonly int _offset;
    private readonly int _points;

    public CenterFaceDecoder(DecoderSetup setup)
    {
        _width = setup.Size.Width / 4;
        _height = setup.Size.Height / 4;
        _heat = setup.FindMap(1, _height, _width);
        _scale = setup.FindMap(2, _height, _width);
        var scale = _scale;
        var order = setup.Outputs;
        // Size and offset have the same shape: the size comes first.
        _offset = setup.Find(
            o => !ReferenceEquals(o, order[scale]) && o.Rank >= 3 && o.FromEnd(3) == 2
                && o.FromEnd(2) == _height && o.FromEnd(1) == _width,
            $"a second output [1,2,{_height},{_width}]");
        _points = setup.FindMap(10, _height, _width);
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        var heat = outputs[_heat].Values;
        var scale = outputs[_scale].Values;
        var offset = outputs[_offset].Values;
        var points = outputs[_points].Values;
        var cells = _width * _height;
        for (var i = 0; i < cells; i++)
        {
            if (heat[i] < weak)
                continue;
            var height = MathF.Exp(scale[i]) * Stride;
            var width = MathF.Exp(scale[cells + i]) * Stride;
            var left = (i % _width + offset[cells + i] + 0.5f) * Stride - width * 0.5f;
            var top = (i / _width + offset[i] + 0.5f) * Stride - height * 0.5f;
            float X(int point) => left + points[(2 * point + 1) * cells + i] * width;
            float Y(int point) => top + points[2 * point * cells + i] * height;
            found.Add(new DetectedObject(
                new BoxF(left, top, left + width, top + height), 0, heat[i],
                new FaceLandmarks(X(0), Y(0), X(1), Y(1), X(2), Y(2), X(3), Y(3), X(4), Y(4))));
        }
    }
}
