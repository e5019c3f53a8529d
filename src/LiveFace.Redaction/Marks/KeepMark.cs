using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Marks;

/// <summary>
/// A find that a person looked at and shows: by the model, as the policy calls it, and by its box. It counts for what a look at
/// the very picture finds in the same place, and for nothing else.
/// </summary>
public sealed record KeepMark
{
    /// <summary>The model by the name that the policy's rules use.</summary>
    public string Model { get; init; } = "faces";

    /// <summary>The find's box.</summary>
    public ZoneBox Box { get; init; }
}
