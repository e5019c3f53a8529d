using System.Text.Json.Serialization;

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

    /// <summary>The picture follows who is in it; null shows all of it.</summary>
    public PolicyFraming? Framing { get; init; }

    /// <summary>Cover the whole picture.</summary>
    public bool Cover { get; init; }

    /// <summary>
    /// The author's word that people are shown as they are. Required of a policy under which somebody who comes into the
    /// picture is not hidden, be there zones or named tracks or not; refused of one that hides whoever comes. So a picture is
    /// never shown bare by a slip.
    /// </summary>
    public bool NothingHidden { get; init; }

    /// <summary>Whether every frame needs a detection of its own; frames without one are covered.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// The promise: places that were not looked at for faces of so many pixels and more, in the time of
    /// <see cref="MaximumAgeMs"/>, are hidden, and those that changed since they were looked at for faces twice as large. Null,
    /// and whatever is larger, is <see cref="UsualSmallestFace"/>: a policy promises more than usual, and not less.
    /// </summary>
    public int? SmallestFace { get; init; }

    /// <summary>
    /// How old, in milliseconds, a look may be: places that were looked at longer ago are hidden, and without a younger look
    /// at any place the whole picture is covered. Null is <see cref="UsualMaximumAgeMs"/>.
    /// </summary>
    public int? MaximumAgeMs { get; init; }

    /// <summary>For how many frames the output waits, so that a find also hides the frames just before it.</summary>
    public int LookAheadFrames { get; init; }

    /// <summary>
    /// What is read of faces and told to whoever is told of detections; nothing unless it is asked for. Rules that go by an age read
    /// it without telling it.
    /// </summary>
    public IReadOnlyList<PolicyTrait> Read { get; init; } = [];

    /// <summary>
    /// The maximum age where none is given: a detector may miss eleven frames at 30 fps. Masks are held and grown
    /// meanwhile.
    /// </summary>
    public const int UsualMaximumAgeMs = 400;

    /// <summary>
    /// The smallest face of the promise in a picture of this size, where none is given: a fifteenth of its size, the square
    /// root of its area. It is what the looks of a calm scene show (docs/reference/live.md).
    /// </summary>
    public static int UsualSmallestFace(int width, int height) =>
        Math.Max(LeastUsualFace, (int)Math.Ceiling(Math.Sqrt((double)width * height) / 15));

    // Faces of fewer pixels are not found by any default model in a picture as it is.
    private const int LeastUsualFace = 20;

    /// <summary>The model whose masks tell persons from background.</summary>
    internal const string OutlineModel = "outline";

    /// <summary>
    /// Whether a newcomer is hidden, or at least what a model finds of them. A zone that leaves room beside it hides nobody who
    /// stands there, a rule for named tracks nobody who comes, and a rule for an age nobody who looks older.
    /// </summary>
    [JsonIgnore]
    public bool HidesWhoeverComes =>
        Cover || Background is not null || Zones.Any(zone => zone.IsWhole) ||
        Rules.Any(rule => rule.How.Effect.Hides() && rule.When is { TrackIds: null, AgeUnder: null });

    /// <summary>A copy whose lists belong to nobody else, so that it stays as it was checked.</summary>
    internal RedactionPolicy Frozen() => this with
    {
        Rules = Array.AsReadOnly([.. Rules.Select(rule => rule?.Frozen()!)]),
        Zones = Array.AsReadOnly([.. Zones.Select(zone => zone?.Frozen()!)]),
        Read = Array.AsReadOnly([.. Read]),
    };
}
