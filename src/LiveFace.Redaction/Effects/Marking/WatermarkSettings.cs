using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Effects.Marking;

/// <summary>What is laid over a picture, and how.</summary>
public sealed record WatermarkSettings
{
    /// <summary>The text; not looked at where there is a picture.</summary>
    public string Text { get; init; } = "";

    /// <summary>The picture, with its transparency.</summary>
    public OverlayPicture? Picture { get; init; }

    /// <summary>The text's colour.</summary>
    public RgbColor Colour { get; init; } = RgbColor.White;

    /// <summary>From 0 (not to be seen) to 1.</summary>
    public float Opacity { get; init; } = 1;

    /// <summary>Where it stands.</summary>
    public WatermarkPlace Place { get; init; }

    /// <summary>Its width as a part of the frame's. Null: letters of a sixteenth of the frame's shorter side; a picture as it is.</summary>
    public float? Size { get; init; }

    /// <summary>Degrees, clockwise.</summary>
    public float Angle { get; init; }

    /// <summary>The gap between tiles as a part of the mark's size; null is one that fits the mark.</summary>
    public float? Spacing { get; init; }

    /// <summary>How it meets the frame.</summary>
    public WatermarkBlend Blend { get; init; }
}
