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
