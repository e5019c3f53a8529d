namespace LiveFace.Vision;

/// <summary>A box in pixels of the frame it was found in, by its edges.</summary>
public readonly record struct BoxF(float Left, float Top, float Right, float Bottom)
{
    /// <summary>From left to right.</summary>
    public float Width => Right - Left;

    /// <summary>From top to bottom.</summary>
    public float Height => Bottom - Top;

    /// <summary>Middle of the box across.</summary>
    public float CentreX => (Left + Right) * 0.5f;

    /// <summary>Middle of the box down.</summary>
    public float CentreY => (Top + Bottom) * 0.5f;

    /// <summary>Area, zero for a box that is turned inside out.</summary>
    public float Area => MathF.Max(0, Width) * MathF.Max(0, Height);

    /// <summary>Whether it is a place in a picture: numbers, and a pixel or more on each side.</summary>
    internal bool IsUsable => float.IsFinite(Left) && float.IsFinite(Top) && float.IsFinite(Right) && float.IsFinite(Bottom) && Width >= 1 && Height >= 1;

    /// <summary>Shared area over joint area, 0 to 1.</summary>
    public float IntersectionOverUnion(BoxF other)
    {
        var shared = Intersect(other).Area;
        var joint = Area + other.Area - shared;
        return joint > 0 ? shared / joint : 0;
    }

    /// <summary>The shared part; turned inside out when there is none.</summary>
    public BoxF Intersect(BoxF other) => new(
        MathF.Max(Left, other.Left), MathF.Max(Top, other.Top),
        MathF.Min(Right, other.Right), MathF.Min(Bottom, other.Bottom));

    /// <summary>The box, so far to the right and down.</summary>
    public BoxF Move(float x, float y) => new(Left + x, Top + y, Right + x, Bottom + y);

    /// <summary>The box grown on each side by a part of its own width and height.</summary>
    public BoxF Grow(float part) => new(
        Left - Width * part, Top - Height * part, Right + Width * part, Bottom + Height * part);
}
