namespace LiveFace.Redaction.Policy;

/// <summary>The outline of a zone.</summary>
public enum ZoneShape
{
    /// <summary>The box itself.</summary>
    Rectangle,

    /// <summary>The ellipse inside the box.</summary>
    Ellipse,

    /// <summary>The points, joined in order.</summary>
    Polygon,
}

/// <summary>A point in parts (0 to 1) of the upright picture.</summary>
public readonly record struct ZonePoint(float X, float Y);

/// <summary>A box in parts (0 to 1) of the upright picture.</summary>
public readonly record struct ZoneBox(float X, float Y, float Width, float Height);

/// <summary>A part of the picture that is always hidden, whatever is found.</summary>
public sealed record PolicyZone
{
    /// <summary>A name of the author's choice.</summary>
    public string? Id { get; init; }

    /// <summary>Its outline.</summary>
    public ZoneShape Shape { get; init; } = ZoneShape.Rectangle;

    /// <summary>Where, for a rectangle or an ellipse.</summary>
    public ZoneBox? Box { get; init; }

    /// <summary>Where, for a polygon.</summary>
    public IReadOnlyList<ZonePoint>? Points { get; init; }

    /// <summary>What is done; it has to hide. Null is solid black.</summary>
    public RuleHow? How { get; init; }

    /// <summary>Whether it leaves nothing of the picture.</summary>
    internal bool IsWhole =>
        Shape == ZoneShape.Rectangle && Box is { X: <= 0, Y: <= 0 } box && box.X + box.Width >= 1 && box.Y + box.Height >= 1;

    internal PolicyZone Frozen() => this with { Points = Points is { } points ? Array.AsReadOnly([.. points]) : null };
}
