using System.Runtime.Intrinsics;

namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// UltraFace: two scores and four offsets for each prior, raw, as preparation cuts them; or boxes in parts of the
/// input where the published graph is used as it is.
/// </summary>
internal sealed class UltraFaceDecoder : IDetectionDecoder
{
    private readonly UltraFacePriors _priors;
    private readonly int _scores;
    private readonly int _boxes;
    private readonly bool _decoded;
    private readonly InputSize _size;

    public UltraFaceDecoder(DecoderSetup setup)
    {
        _size = setup.Size;
        _priors = new UltraFacePriors(setup.Size.Width, setup.Size.Height);
        _scores = setup.FindRows(_priors.Count, 2, "scores");
        _boxes = setup.FindRows(_priors.Count, 4);
        _decoded = setup.Outputs[_boxes].Name.Contains("boxes", StringComparison.OrdinalIgnoreCase);
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        var scores = outputs[_scores].Values;
        var boxes = outputs[_boxes].Values;
        // Nearly all priors show nothing: four at a time are passed over by one comparison of their second scores.
        var limit = Vector256.Create(
            float.PositiveInfinity, weak, float.PositiveInfinity, weak, float.PositiveInfinity, weak, float.PositiveInfinity, weak);
        for (var first = 0; first < _priors.Count; first += 4)
        {
            if (first + 4 <= _priors.Count
                && !Vector256.GreaterThanOrEqualAny(Vector256.LoadUnsafe(ref scores[0], (nuint)(2 * first)), limit))
                continue;
            for (var i = first; i < Math.Min(first + 4, _priors.Count); i++)
                if (scores[2 * i + 1] >= weak)
                    found.Add(new DetectedObject(BoxOf(i, boxes.AsSpan(4 * i, 4)), 0, scores[2 * i + 1]));
        }
    }

    private BoxF BoxOf(int prior, ReadOnlySpan<float> four)
    {
        var box = _decoded ? new BoxF(four[0], four[1], four[2], four[3]) : _priors.Decode(prior, four);
        return new BoxF(box.Left * _size.Width, box.Top * _size.Height, box.Right * _size.Width, box.Bottom * _size.Height);
    }
}
