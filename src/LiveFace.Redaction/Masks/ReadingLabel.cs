using LiveFace.Vision.Attributes;

namespace LiveFace.Redaction.Masks;

/// <summary>Writes beside a box what was read of a face. No garbage.</summary>
internal static class ReadingLabel
{
    /// <summary>Adds to a label; where there is no room for a word it is left out.</summary>
    public static int Add(Span<char> label, int length, in FaceReading reading)
    {
        if (reading.Age is { } age)
            length += label[length..].TryWrite($" {(int)MathF.Round(age.Low)}–{(int)MathF.Round(age.High)}", out var written) ? written : 0;
        if (reading.Gender is { } gender)
            length += Word(label[length..], FaceAttributes.WordOf(gender.Value));
        if (reading.Emotion is { } emotion)
            length += Word(label[length..], FaceAttributes.WordOf(emotion));
        return length;
    }

    private static int Word(Span<char> label, string word) => label.TryWrite($" {word}", out var written) ? written : 0;
}
