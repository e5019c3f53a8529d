namespace LiveFace.Vision;

/// <summary>Size of a model's input, in pixels.</summary>
public readonly record struct InputSize(int Width, int Height)
{
    /// <summary>How many pixels; what an inference costs goes with it.</summary>
    public int Area => Width * Height;

    /// <inheritdoc/>
    public override string ToString() => $"{Width}×{Height}";
}
