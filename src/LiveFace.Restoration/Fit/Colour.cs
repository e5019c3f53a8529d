using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration.Fit;

/// <summary>Red, green and blue, or a difference of them, as numbers to calculate with.</summary>
internal readonly record struct Colour(double R, double G, double B)
{
    public double Squared => Dot(this);

    /// <summary>The mean of the parts without their signs.</summary>
    public double Absolute => (Math.Abs(R) + Math.Abs(G) + Math.Abs(B)) / 3;

    /// <summary>A pixel's.</summary>
    public static Colour Of(in FrameRow row, int x)
    {
        var (r, g, b) = row.At(x);
        return new Colour(r, g, b);
    }

    public double Dot(Colour other) => R * other.R + G * other.G + B * other.B;

    public static Colour operator +(Colour a, Colour b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Colour operator -(Colour a, Colour b) => new(a.R - b.R, a.G - b.G, a.B - b.B);

    public static Colour operator *(Colour a, double by) => new(a.R * by, a.G * by, a.B * by);
}
