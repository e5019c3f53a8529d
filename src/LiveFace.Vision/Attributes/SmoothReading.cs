namespace LiveFace.Vision.Attributes;

/// <summary>
/// What several looks at one face say together. The newer count for more. Many looks make an age steadier and its range no
/// narrower: a model is wrong about a face in the same way from picture to picture.
/// </summary>
public sealed class SmoothReading
{
    // What an older reading counts for beside the next one. A face changes its emotion, and not its age.
    private const float Keeps = 0.85f, EmotionKeeps = 0.5f;

    // Models of emotions have seven; what comes after so many labels is not told apart.
    private const int MostLabels = 16;

    private readonly List<(string Label, float Score)> _emotions = [];
    private Mean _years;
    private Mean _low;
    private Mean _high;
    private Mean _male;
    private float _emotionWeight;

    /// <summary>How many readings told an age since the last <see cref="Clear"/>.</summary>
    public int Ages { get; private set; }

    /// <summary>What the newest reading told of the age; null where it told nothing.</summary>
    public AgeReading? LastAge { get; private set; }

    /// <summary>What they say together.</summary>
    public FaceReading Value { get; private set; }

    /// <summary>Takes one reading more; what it does not tell stays as it was.</summary>
    public void Add(in FaceReading reading)
    {
        // What is not a number tells nothing, and spoils nothing of what is known.
        LastAge = reading.Age is { } told && float.IsFinite(told.Years + told.Low + told.High) ? told : null;
        if (LastAge is { } age)
            Value = Value with { Age = Smooth(age) };
        if (reading.Gender is { Certainty: >= 0.5f and <= 1 } gender)
            Value = Value with { Gender = Smooth(gender) };
        if (reading.Emotion is { First: { } first, Certainty: >= 0 and <= 1 } emotion)
            Value = Value with { Emotion = Smooth(first, emotion.Certainty) };
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        (_years, _low, _high, _male) = (default, default, default, default);
        _emotions.Clear();
        _emotionWeight = 0;
        Ages = 0;
        LastAge = null;
        Value = default;
    }

    private AgeReading Smooth(in AgeReading age)
    {
        Ages++;
        return new AgeReading(_years.Add(age.Years), _low.Add(age.Low), _high.Add(age.High));
    }

    private GenderReading Smooth(in GenderReading gender)
    {
        var male = _male.Add(gender.LooksMale ? gender.Certainty : 1 - gender.Certainty);
        return GenderReading.Of(male, FaceResReader.LeastCertainty);
    }

    private EmotionReading Smooth(string label, float certainty)
    {
        _emotionWeight = _emotionWeight * EmotionKeeps + 1;
        var (first, known) = (0, false);
        for (var i = 0; i < _emotions.Count; i++)
        {
            var (name, score) = _emotions[i];
            var same = string.Equals(name, label, StringComparison.Ordinal);
            known |= same;
            _emotions[i] = (name, score * EmotionKeeps + (same ? certainty : 0));
        }

        if (!known && _emotions.Count < MostLabels)
            _emotions.Add((label, certainty));
        for (var i = 1; i < _emotions.Count; i++)
            first = _emotions[i].Score > _emotions[first].Score ? i : first;
        var sure = MathF.Min(1, _emotions[first].Score / _emotionWeight);
        return new EmotionReading(sure < EmotionReader.LeastCertainty ? null : _emotions[first].Label, sure, _emotions[first].Label);
    }

    private struct Mean
    {
        private float _weight;
        private float _value;

        public float Add(float value)
        {
            _weight = _weight * Keeps + 1;
            return _value += (value - _value) / _weight;
        }
    }
}
