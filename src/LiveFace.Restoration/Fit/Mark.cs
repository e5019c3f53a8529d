namespace LiveFace.Restoration.Fit;

/// <summary>How strong a mark is, 0 to 1, and which colour it has, each part 0 to 255.</summary>
public readonly record struct Mark(double Opacity, double Red, double Green, double Blue)
{
    /// <summary>The colour at the other end, where the mark has two colours and those between them.</summary>
    internal Colour? Second { get; init; }

    private Colour First => new(Red, Green, Blue);

    internal static Mark Of(double opacity, Colour first, Colour? second = null) => new(opacity, first.R, first.G, first.B) { Second = second };

    /// <summary>Its colour where a pixel and what is around the mark are as they are.</summary>
    internal Colour At(Colour pixel, Colour outside, byte cover) => Second is not { } second
        ? First
        : new ColourLine(First * Opacity, second * Opacity).Nearest(ColourShift.Of(pixel, outside, cover, Opacity)) * (1 / Opacity);

    /// <summary>The mark this one becomes when <paramref name="newer"/> counts for a part.</summary>
    internal Mark Towards(Mark newer, double part)
    {
        var opacity = double.Lerp(Opacity, newer.Opacity, part);
        if (Second is null && newer.Second is null)
            return Of(opacity, Between(First, newer.First));
        var (second, first, other) = (Second ?? First, newer.First, newer.Second ?? newer.First);

        // Which end is the first may change from picture to picture.
        if ((other - first).Dot(second - First) < 0)
            (first, other) = (other, first);
        return Of(opacity, Between(First, first), Between(second, other));

        Colour Between(Colour from, Colour to) => from + (to - from) * part;
    }
}
