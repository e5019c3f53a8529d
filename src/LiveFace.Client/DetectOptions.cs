using LiveFace.Client.Messages;

namespace LiveFace.Client;

/// <summary>What is asked of a picture; docs/reference/detections.md describes it.</summary>
public sealed record DetectOptions
{
    /// <summary>Jobs or ids of models; null is what the policy goes by.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>The preset by which a find counts as hidden.</summary>
    public string? Preset { get; init; }

    /// <summary>In its place, the room whose policy it is.</summary>
    public string? Room { get; init; }

    /// <summary>In its place, a policy.</summary>
    public RoomPolicy? Policy { get; init; }

    /// <summary>One pass a model in the place of the looks by which pictures are hidden.</summary>
    public bool IsQuick { get; init; }

    /// <summary>What is read of faces: "age", "gender", "emotion".</summary>
    public IReadOnlyList<string>? Attributes { get; init; }
}
