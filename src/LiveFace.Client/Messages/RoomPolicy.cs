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

/// <summary>One line of a policy.</summary>
public sealed record PolicyRule(RuleWhen When, string Where, RuleHow How);

/// <summary>Which finds a rule is for.</summary>
public sealed record RuleWhen
{
    /// <summary>A job ("faces", "objects", …) or a model's id.</summary>
    public required string Model { get; init; }

    /// <summary>The classes; null is all.</summary>
    [JsonConverter(typeof(ClassesConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Classes that are left alone.</summary>
    public IReadOnlyList<string>? ExceptClasses { get; init; }

    /// <summary>Only these tracks.</summary>
    public IReadOnlyList<int>? TrackIds { get; init; }

    /// <summary>Tracks that are left alone while they are known to be the same person.</summary>
    public IReadOnlyList<int>? ExceptTrackIds { get; init; }

    /// <summary>Faces that are certainly older are left alone.</summary>
    public int? AgeUnder { get; init; }

    /// <summary>Enrolled people who are left alone while they are known to be there.</summary>
    public IReadOnlyList<string>? ExceptPeople { get; init; }

    /// <summary>How sure the model has to be; null is its own threshold.</summary>
    public float? MinScore { get; init; }
}

/// <summary>What is done.</summary>
public sealed record RuleHow(string Effect)
{
    /// <summary>0 to 100.</summary>
    public int? Strength { get; init; }

    /// <summary>#rrggbb.</summary>
    public string? Color { get; init; }

    /// <summary>Part of the thing's size that is added on each side.</summary>
    public float? Padding { get; init; }

    /// <summary>Class and track beside a box.</summary>
    public bool? Label { get; init; }

    /// <summary>Which sticker.</summary>
    public string? Sticker { get; init; }
}

/// <summary>A part of the picture: "rectangle", "ellipse" or "polygon".</summary>
public sealed record PolicyZone(string Shape)
{
    /// <summary>A name of its own.</summary>
    public string? Id { get; init; }

    /// <summary>Of a rectangle or an ellipse.</summary>
    public PictureBox? Box { get; init; }

    /// <summary>Of a polygon.</summary>
    public IReadOnlyList<PicturePoint>? Points { get; init; }

    /// <summary>Usual: solid black.</summary>
    public RuleHow? How { get; init; }
}

/// <summary>A text, or a sticker, over the picture.</summary>
public sealed record PolicyWatermark(string Text, float? Opacity = null)
{
    /// <summary>A sticker in the place of the text.</summary>
    public string? Sticker { get; init; }

    /// <summary>"tiled", "single", "top-left", "top-right", "bottom-left" or "bottom-right".</summary>
    public string? Place { get; init; }

    /// <summary>Its width as a part of the picture's.</summary>
    public float? Size { get; init; }

    /// <summary>Degrees, clockwise.</summary>
    public float? Angle { get; init; }

    /// <summary>The gap between tiles as a part of the mark's size.</summary>
    public float? Spacing { get; init; }

    /// <summary>"normal", "multiply" or "screen".</summary>
    public string? Blend { get; init; }

    /// <summary>The text's colour, #rrggbb.</summary>
    public string? Color { get; init; }
}

/// <summary>How the picture follows people: "main" or "group"; null is the usual.</summary>
public sealed record PolicyFraming(string Subject = "main", float? Size = null, float? Closest = null);

/// <summary>Parts of the picture's width and height, 0 to 1, from the top left.</summary>
public readonly record struct PictureBox(float X, float Y, float Width, float Height);

/// <summary>Parts of the picture's width and height.</summary>
public readonly record struct PicturePoint(float X, float Y);
