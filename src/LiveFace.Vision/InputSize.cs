using LiveFace.Media.Frames;

namespace LiveFace.Vision;

/// <summary>Size of a model's input, in pixels.</summary>
public readonly record struct InputSize(int Width, int Height)
{
    /// <summary>How many pixels; what an inference costs goes with it.</summary>
    public int Area => Width * Height;

    /// <inheritdoc/>
    public override string ToString() => $"{Width}×{Height}";

    /// <summary>The size of a picture of this size once it is turned.</summary>
    internal InputSize Turned(QuarterTurns turns) => turns.IsQuarter() ? new InputSize(Height, Width) : this;
}
