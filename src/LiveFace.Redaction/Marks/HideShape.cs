namespace LiveFace.Redaction.Marks;

/// <summary>The outline of what somebody drew by hand.</summary>
public enum HideShape
{
    /// <summary>The box itself.</summary>
    Rectangle,

    /// <summary>The oval that fills the box.</summary>
    Ellipse,

    /// <summary>The points, joined in order; all that they go round, however often.</summary>
    Polygon,

    /// <summary>A round brush that was drawn along the points.</summary>
    Brush,
}
