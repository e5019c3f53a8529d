namespace LiveFace.Vision.Models;

/// <summary>How a picture becomes a model's input.</summary>
public sealed record ModelInput
{
    /// <summary>Name of the input tensor.</summary>
    public required string Name { get; init; }

    /// <summary>Order of the tensor's dimensions.</summary>
    public required TensorLayout Layout { get; init; }

    /// <summary>Width that works best; the only one where <see cref="Step"/> is 0.</summary>
    public required int Width { get; init; }

    /// <summary>Height that works best; the only one where <see cref="Step"/> is 0.</summary>
    public required int Height { get; init; }

    /// <summary>Width and height may be any multiple of this; 0 where the size is fixed.</summary>
    public required int Step { get; init; }

    /// <summary>Order of the colour channels.</summary>
    public required ColourOrder Colour { get; init; }

    /// <summary>How the picture is brought to the input's size.</summary>
    public required ResizeMode Resize { get; init; }

    /// <summary>Value, 0 to 255, of the bars that a letterbox leaves.</summary>
    public required float Padding { get; init; }

    /// <summary>Subtracted from each value (0 to 255), one number per channel in the tensor's order.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>Divides each value after the subtraction, one number per channel in the tensor's order.</summary>
    public required IReadOnlyList<float> Std { get; init; }

    /// <summary>Number of channels.</summary>
    public int Channels => Colour == ColourOrder.Grey ? 1 : 3;
}

/// <summary>Order of a picture tensor's dimensions.</summary>
public enum TensorLayout
{
    /// <summary>Channels outermost, one plane each.</summary>
    Nchw,

    /// <summary>Channels innermost, interleaved.</summary>
    Nhwc,
}

/// <summary>Order of colour channels.</summary>
public enum ColourOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>One channel.</summary>
    Grey,
}

/// <summary>How a picture is brought to a model's input size.</summary>
public enum ResizeMode
{
    /// <summary>Both sides scaled on their own; the shape of things may change.</summary>
    Stretch,

    /// <summary>One scale, picture in the middle, bars round it.</summary>
    LetterboxCentre,

    /// <summary>One scale, picture at the top left, bars right and below.</summary>
    LetterboxTopLeft,

    /// <summary>A square round the face is cut out and scaled.</summary>
    Crop,

    /// <summary>The face is turned and scaled so that its five points lie where the model expects them.</summary>
    Align,
}

/// <summary>
/// Thresholds that a decoder starts from, and what a finding has to be worth to be hidden. Where those figures are missing,
/// they follow from the score.
/// </summary>
/// <param name="Score">Least score of a finding, 0 to 1.</param>
/// <param name="Overlap">Most overlap of two findings before the weaker one goes, 0 to 1.</param>
public readonly record struct ModelThresholds(float Score, float Overlap)
{
    /// <summary>The score down to which the model is listened to at all.</summary>
    public float? Weak { get; init; }

    /// <summary>The score that a finding of one live look needs: next to nothing of the picture, all of it.</summary>
    public (float Small, float Large)? Live { get; init; }

    /// <summary>The mean score over all looks at a stored picture that a finding needs, by size alike.</summary>
    public (float Small, float Large)? Offline { get; init; }

    /// <summary>The heights in pixels of the input at which the model sees things.</summary>
    public (float Least, float Most)? Heights { get; init; }
}
