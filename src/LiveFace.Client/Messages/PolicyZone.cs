namespace LiveFace.Client.Messages;

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
