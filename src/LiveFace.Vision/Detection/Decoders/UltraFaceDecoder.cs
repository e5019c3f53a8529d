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
        for (var i = 0; i < _priors.Count; i++)
        {
            var score = scores[2 * i + 1];
            if (score < weak)
                continue;
            var four = boxes.AsSpan(4 * i, 4);
            var box = _decoded ? new BoxF(four[0], four[1], four[2], four[3]) : _priors.Decode(i, four);
            found.Add(new DetectedObject(
                new BoxF(box.Left * _size.Width, box.Top * _size.Height, box.Right * _size.Width, box.Bottom * _size.Height),
                0, score));
        }
    }
}
