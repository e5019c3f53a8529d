namespace LiveFace.Client.Messages;

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
