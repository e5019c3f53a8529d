namespace LiveFace.Vision.Attributes;

/// <summary>What was read of one face; null is what was not asked for, or what nothing is known about.</summary>
public readonly record struct FaceReading(AgeReading? Age, GenderReading? Gender, EmotionReading? Emotion)
{
    /// <summary>What of it may be told.</summary>
    public FaceReading Only(FaceTraits traits) => new(
        traits.HasFlag(FaceTraits.Age) ? Age : null, traits.HasFlag(FaceTraits.Gender) ? Gender : null, traits.HasFlag(FaceTraits.Emotion) ? Emotion : null);
}

/// <summary>An age in years, and the range in which it lies eight times in ten.</summary>
public readonly record struct AgeReading(float Years, float Low, float High)
{
    // One in ten is younger than the range, and of those near a limit one in six was; docs/reference/models.md has what this leaves.
    private const float Caution = 1.5f;

    /// <summary>The age that rules go by: half as far again below the reading as the range reaches.</summary>
    public float Least => Years - Caution * (Years - Low);

    /// <summary>
    /// Whether all of the range, and what lies just below it, is above an age. What touches it is not, nor what is not a number.
    /// </summary>
    public bool IsCertainlyOver(int age) => Least > age && Years >= Low && High >= Years;
}

/// <summary>A gender, and how sure the model is of the likelier one, from a half to one.</summary>
public readonly record struct GenderReading(FaceGender Value, float Certainty, bool LooksMale)
{
    /// <summary>By how male a face looks, 0 to 1; unsure below that certainty.</summary>
    internal static GenderReading Of(float male, float leastCertainty)
    {
        var certainty = MathF.Max(male, 1 - male);
        return new(certainty < leastCertainty ? FaceGender.Unsure : male > 0.5f ? FaceGender.Male : FaceGender.Female, certainty, male > 0.5f);
    }
}

/// <summary>
/// An emotion by the model's name for it, null where it is unsure, and how sure the model is of its first, 0 to 1.
/// <paramref name="First"/> is the first also where it is unsure.
/// </summary>
public readonly record struct EmotionReading(string? Value, float Certainty, string? First = null);

/// <summary>Which gender a face looks like to a model that knows two.</summary>
public enum FaceGender
{
    /// <summary>The model cannot tell.</summary>
    Unsure,

    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,
}
