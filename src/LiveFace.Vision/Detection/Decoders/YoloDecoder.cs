namespace LiveFace.Vision.Detection.Decoders;

/// <summary>YOLO from version 8 on, whatever its classes are: faces, plates, everyday objects.</summary>
internal sealed class YoloDecoder : IDetectionDecoder
{
    private readonly YoloRows _rows;

    public YoloDecoder(DecoderSetup setup) => _rows = new YoloRows(setup, 0);

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        var values = outputs[_rows.Output].Values;
        var best = _rows.BestScores(values);
        for (var c = 0; c < best.Length; c++)
            if (best[c] >= weak)
                found.Add(new DetectedObject(_rows.BoxOf(values, c), _rows.ClassOf(values, c), best[c]));
    }
}
