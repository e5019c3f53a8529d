using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Marks;

/// <summary>Something that no look found and that a person drew: it is hidden, all of it, whatever the policy says.</summary>
public sealed record HideMark
{
    /// <summary>Its outline.</summary>
    public HideShape Shape { get; init; }

    /// <summary>Where, for a rectangle or an ellipse.</summary>
    public ZoneBox? Box { get; init; }

    /// <summary>Where, for a polygon or a brush.</summary>
    public IReadOnlyList<ZonePoint>? Points { get; init; }

    /// <summary>How wide the brush is, as a part of the picture's shorter side.</summary>
    public float? Width { get; init; }

    /// <summary>What it is, for whoever counts or learns from marks; it hides the same whatever it is.</summary>
    public string? Class { get; init; }

    /// <summary>What is done; it has to hide. Null is what the policy's first rule that hides does. Padding is nothing unless it is given.</summary>
    public RuleHow? How { get; init; }
}
