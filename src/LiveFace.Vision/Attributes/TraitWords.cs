namespace LiveFace.Vision.Attributes;

/// <summary>The words for what can be read of a face, in JSON and for people.</summary>
public static class TraitWords
{
    private static readonly (FaceTraits Trait, string Word)[] Words =
        [(FaceTraits.Age, "age"), (FaceTraits.Gender, "gender"), (FaceTraits.Emotion, "emotion")];

    private static readonly IReadOnlyList<string>[] Lists =
        [.. Enumerable.Range(0, 1 << Words.Length).Select(traits => Array.AsReadOnly(
            [.. Words.Where(word => ((FaceTraits)traits).HasFlag(word.Trait)).Select(word => word.Word)]))];

    /// <summary>The words of several, always the same list for the same.</summary>
    public static IReadOnlyList<string> Of(FaceTraits traits) => Lists[(int)traits & (Lists.Length - 1)];
}
