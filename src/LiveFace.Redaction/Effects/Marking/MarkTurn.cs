namespace LiveFace.Redaction.Effects.Marking;

/// <summary>A mark of some size, turned about its middle: the sides of the box round it, and the way from the box to the mark.</summary>
internal readonly record struct MarkTurn(float Width, float Height, float Cosine, float Sine)
{
    public static MarkTurn Of(float width, float height, float degrees)
    {
        // Exact for a mark that is not turned, so that its pixels are its own.
        var (sine, cosine) = degrees == 0 ? (0f, 1f) : MathF.SinCos(degrees * MathF.PI / 180);
        return new MarkTurn(Math.Max(1, width), Math.Max(1, height), cosine, sine);
    }

    public float BoxWidth => Width * MathF.Abs(Cosine) + Height * MathF.Abs(Sine);

    public float BoxHeight => Width * MathF.Abs(Sine) + Height * MathF.Abs(Cosine);

    /// <summary>Smaller, where the box is larger than a frame.</summary>
    public MarkTurn Within(int width, int height)
    {
        var scale = Math.Min(1, Math.Min(width / BoxWidth, height / BoxHeight));
        return this with { Width = Math.Max(1, Width * scale), Height = Math.Max(1, Height * scale) };
    }

    /// <summary>From a place in the box, measured from its middle, to a part of the mark: 0 to 1 inside of it.</summary>
    public (float X, float Y) ToMark(float x, float y) =>
        ((x * Cosine + y * Sine) / Width + 0.5f, (y * Cosine - x * Sine) / Height + 0.5f);
}
