using LiveFace.Redaction.Effects.Marking;

namespace LiveFace.Redaction.Policy;

/// <summary>A text, or one of the server's stickers, laid over the picture: in tiles, once, or in a corner.</summary>
public sealed record PolicyWatermark
{
    /// <summary>The text; not looked at where <see cref="Sticker"/> is given.</summary>
    public string Text { get; init; } = "";

    /// <summary>The sticker that is laid over the picture in the place of a text.</summary>
    public string? Sticker { get; init; }

    /// <summary>How strongly it shows, 0 to 1.</summary>
    public float Opacity { get; init; } = 0.3f;

    /// <summary>Where it stands.</summary>
    public WatermarkPlace Place { get; init; } = WatermarkPlace.Tiled;

    /// <summary>
    /// Its width as a part of the picture's; null is <see cref="UsualSize"/> for a sticker, and for a text letters of a sixteenth
    /// of the picture's shorter side.
    /// </summary>
    public float? Size { get; init; }

    /// <summary>By how many degrees it is turned, clockwise.</summary>
    public float Angle { get; init; }

    /// <summary>The gap between tiles as a part of the mark's own width and height; null is a gap that fits the mark.</summary>
    public float? Spacing { get; init; }

    /// <summary>How it meets the picture.</summary>
    public WatermarkBlend Blend { get; init; } = WatermarkBlend.Normal;

    /// <summary>The text's colour as #rrggbb; null is white.</summary>
    public string? Color { get; init; }

    /// <summary>The width of a sticker where none is given.</summary>
    public const float UsualSize = 0.25f;
}
