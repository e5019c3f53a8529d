namespace LiveFace.Vision.Attributes;

/// <summary>What was read of a face as it is told, rounded and in words; null is what was not asked for, or what nothing is known about.</summary>
public sealed record FaceAttributes(FaceAttributes.AgeRange? Age, FaceAttributes.Word? Gender, FaceAttributes.Word? Emotion)
{
    private const string Unsure = "unsure";

    /// <summary>Puts a reading into words.</summary>
    public static FaceAttributes? Of(FaceReading? reading) => reading is not { } read ? null : new FaceAttributes(
        read.Age is { } age ? new AgeRange(Round(age.Years, 1), Round(age.Low, 1), Round(age.High, 1)) : null,
        read.Gender is { } gender ? new Word(WordOf(gender.Value), Round(gender.Certainty, 3)) : null,
        read.Emotion is { } emotion ? new Word(emotion.Value ?? Unsure, Round(emotion.Certainty, 3)) : null);

    /// <summary>The word for a gender.</summary>
    public static string WordOf(FaceGender gender) => gender switch
    {
        FaceGender.Female => "female",
        FaceGender.Male => "male",
        _ => Unsure,
    };

    /// <summary>The word for an emotion.</summary>
    public static string WordOf(in EmotionReading emotion) => emotion.Value ?? Unsure;

    private static float Round(float value, int digits) => MathF.Round(value, digits);

    /// <summary>Years, and between which the age lies eight times in ten.</summary>
    public sealed record AgeRange(float Years, float Low, float High);

    /// <summary>A word, "unsure" among them, and how certain it is.</summary>
    public sealed record Word(string Value, float Certainty);
}
