using LiveFace.Vision.Attributes;

namespace LiveFace.Accuracy.Traits;

/// <summary>What was read of a face beside what is known of it.</summary>
internal readonly record struct TraitResult(LabelledFace Face, AgeReading Age, GenderReading Gender)
{
    /// <summary>Years that the reading is too old.</summary>
    public float Error => Age.Years - Face.Age;

    // A label is a whole year that somebody was in.
    public bool IsInRange => Face.Age + 1 > Age.Low && Face.Age <= Age.High;

    /// <summary>Whether the likelier gender is the one of the label, also where it counts as unsure.</summary>
    public bool IsMaleRight => Gender.LooksMale == Face.IsMale;
}
