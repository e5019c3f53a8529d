namespace LiveFace.Redaction.Policy;

/// <summary>A text laid over the whole picture in tiles.</summary>
public sealed record PolicyWatermark
{
    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>How strongly it shows, 0 to 1.</summary>
    public float Opacity { get; init; } = 0.3f;
}
