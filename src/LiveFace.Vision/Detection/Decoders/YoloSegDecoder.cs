namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// YOLO with outlines: each candidate carries 32 factors that mix 32 prototype pictures, a quarter of the input's size,
/// into its own mask. Neighbours are merged here, so that masks are made for the things that remain alone.
/// </summary>
internal sealed class YoloSegDecoder : IDetectionDecoder
{
    private const int Factors = 32;
    private const float Overlap = 0.6f;
    private const int MaximumMasks = 64;

    private readonly YoloRows _rows;
    private readonly int _prototypes;
    private readonly int _width;
    private readonly int _height;
    private readonly int _firstFactor;

    public YoloSegDecoder(DecoderSetup setup)
    {
        _rows = new YoloRows(setup, Factors);
        _width = setup.Size.Width / 4;
        _height = setup.Size.Height / 4;
        _prototypes = setup.FindMap(Factors, _height, _width);
        _firstFactor = 4 + setup.Classes;
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        var values = outputs[_rows.Output].Values;
        var best = _rows.BestScores(values);
        var from = found.Count;
        for (var c = 0; c < best.Length; c++)
            if (best[c] >= weak)
                found.Add(new DetectedObject(_rows.BoxOf(values, c), _rows.ClassOf(values, c), best[c], Mask: c));
        Suppression.KeepStrongest(found, Overlap, from);
        var items = found.Items;
        for (var i = from; i < items.Length; i++)
        {
            var mask = i - from < MaximumMasks
                ? Paint(values, outputs[_prototypes].Values, items[i].Mask, items[i].Box, found)
                : -1;
            items[i] = items[i] with { Mask = mask };
        }
    }

    private int Paint(ReadOnlySpan<float> values, ReadOnlySpan<float> prototypes, int column, BoxF box, DetectionList found)
    {
        var left = Math.Clamp((int)(box.Left / 4), 0, _width - 1);
        var top = Math.Clamp((int)(box.Top / 4), 0, _height - 1);
        var width = Math.Clamp((int)MathF.Ceiling(box.Right / 4), left + 1, _width) - left;
        var height = Math.Clamp((int)MathF.Ceiling(box.Bottom / 4), top + 1, _height) - top;
        var mask = found.AddMask(width, height, new BoxF(left * 4, top * 4, (left + width) * 4, (top + height) * 4), out var index);
        Span<float> factors = stackalloc float[Factors];
        for (var f = 0; f < Factors; f++)
            factors[f] = _rows.At(values, _firstFactor + f, column);
        var to = mask.Values;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = (top + y) * _width + left + x;
                float sum = 0;
                for (var f = 0; f < Factors; f++)
                    sum += factors[f] * prototypes[f * _width * _height + at];
                to[y * width + x] = (byte)(255 / (1 + MathF.Exp(-sum)));
            }
        }

        return index;
    }
}
