namespace LiveFace.Redaction.Policy;

/// <summary>
/// What may be shown of a room's picture. A policy is a value: it is read from JSON by <see cref="PolicyJson"/>,
/// checked by <see cref="PolicyValidator"/>, and put in force on a <see cref="PolicyBoard"/>.
/// </summary>
public sealed record RedactionPolicy
{
    /// <summary>Counts a room's changes. Set when the policy is put in force; ignored in what clients send.</summary>
    public long Version { get; init; }

    /// <summary>The preset that this policy was made from; for display only.</summary>
    public string? Preset { get; init; }

    /// <summary>What is done to what is found, in order; later rules draw over earlier ones.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];

    /// <summary>Parts of the picture that are hidden whatever is found.</summary>
    public IReadOnlyList<PolicyZone> Zones { get; init; } = [];

    /// <summary>What is done to everything but persons; null is nothing.</summary>
    public RuleHow? Background { get; init; }

    /// <summary>A text over the whole picture; null is none.</summary>
    public PolicyWatermark? Watermark { get; init; }

    /// <summary>Cover the whole picture.</summary>
    public bool Cover { get; init; }

    /// <summary>
    /// The author's word that nothing is to be hidden. Required of a policy that hides nothing, refused of one
    /// that hides something: a picture is never shown bare by a slip.
    /// </summary>
    public bool NothingHidden { get; init; }

    /// <summary>Whether every frame needs a detection of its own; frames without one are covered.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// How old, in milliseconds, a detection may be before the whole picture is covered; null is
    /// <see cref="UsualMaximumAgeMs"/>.
    /// </summary>
    public int? MaximumAgeMs { get; init; }

    /// <summary>For how many frames the output waits, so that a find also hides the frames just before it.</summary>
    public int LookAheadFrames { get; init; }

    /// <summary>
    /// The maximum age where none is given: a detector may miss eleven frames at 30 fps. Masks are held and grown
    /// meanwhile.
    /// </summary>
    public const int UsualMaximumAgeMs = 400;

    /// <summary>The model whose masks tell persons from background.</summary>
    internal const string OutlineModel = "outline";
}
