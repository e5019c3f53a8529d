namespace LiveFace.Vision.Attributes;

/// <summary>What was read of one face; null is what was not asked for, or what nothing is known about.</summary>
public readonly record struct FaceReading(AgeReading? Age, GenderReading? Gender, EmotionReading? Emotion);

/// <summary>An age in years, and the range in which it lies eight times in ten.</summary>
public readonly record struct AgeReading(float Years, float Low, float High);

/// <summary>A gender, and how sure the model is of the likelier one, from a half to one.</summary>
public readonly record struct GenderReading(FaceGender Value, float Certainty, bool LooksMale);

/// <summary>An emotion by the model's name for it, null where it is unsure, and how sure the model is of its first, 0 to 1.</summary>
public readonly record struct EmotionReading(string? Value, float Certainty);

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
