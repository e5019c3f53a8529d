using System.Text.Json.Serialization;

namespace LiveFace.Client.Messages;

/// <summary>
/// What may be shown of a room's picture: <c>Policy</c> of the protocol, and what is sent to set one. <c>{ Preset = "…" }</c> alone
/// stands for the preset's whole policy.
/// </summary>
public sealed record RoomPolicy
{
    /// <summary>Counts a room's changes; not sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Version { get; init; }

    /// <summary>The preset that it was made from.</summary>
    public string? Preset { get; init; }

    /// <summary>What is done to what is found, in order.</summary>
    public IReadOnlyList<PolicyRule>? Rules { get; init; }

    /// <summary>Parts of the picture that are hidden whatever is found.</summary>
    public IReadOnlyList<PolicyZone>? Zones { get; init; }

    /// <summary>What is done to everything but persons.</summary>
    public RuleHow? Background { get; init; }

    /// <summary>A text or a sticker over the picture.</summary>
    public PolicyWatermark? Watermark { get; init; }

    /// <summary>The picture follows who is in it.</summary>
    public PolicyFraming? Framing { get; init; }

    /// <summary>Cover the whole picture.</summary>
    public bool? Cover { get; init; }

    /// <summary>The author's word that people may be shown as they are.</summary>
    public bool? NothingHidden { get; init; }

    /// <summary>Every frame needs a detection of its own.</summary>
    public bool? Strict { get; init; }

    /// <summary>Places that were looked at longer ago than this are hidden.</summary>
    public int? MaximumAgeMs { get; init; }

    /// <summary>Places that were not looked at for faces of so many pixels are hidden.</summary>
    public int? SmallestFace { get; init; }

    /// <summary>Frames that the output waits.</summary>
    public int? LookAheadFrames { get; init; }

    /// <summary>What is read of faces and told: "age", "gender", "emotion".</summary>
    public IReadOnlyList<string>? Read { get; init; }
}
