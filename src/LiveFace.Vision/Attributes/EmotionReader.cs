using LiveFace.Vision.Detection.Decoders;

namespace LiveFace.Vision.Attributes;

/// <summary>One score for each emotion; unsure where none has more than all others together.</summary>
internal sealed class EmotionReader : IFaceReader
{
    /// <summary>Below it, it is unsure.</summary>
    public const float LeastCertainty = 0.5f;

    private readonly int _scores;
    private readonly IReadOnlyList<string> _labels;

    public EmotionReader(DecoderSetup setup, IReadOnlyList<string> labels)
    {
        _labels = labels;
        _scores = setup.Find(o => o.Values.Length == labels.Count, $"an output of {labels.Count} scores");
    }

    public bool Read(IReadOnlyList<OutputTensor> outputs, int looks, ref FaceReading reading)
    {
        var scores = outputs[_scores].Values;
        var first = 0;
        for (var i = 1; i < scores.Length; i++)
            first = scores[i] > scores[first] ? i : first;
        var certainty = scores[first] / looks;
        if (!(certainty is >= 0 and <= 1.001f))
            return false;
        reading = reading with { Emotion = new EmotionReading(certainty < LeastCertainty ? null : _labels[first], MathF.Min(1, certainty), _labels[first]) };
        return true;
    }
}
