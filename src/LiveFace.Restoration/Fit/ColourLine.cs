namespace LiveFace.Restoration.Fit;

/// <summary>
/// The line between a mark's two colours, each times its opacity: what a marked pixel shows beyond the picture around it lies along it.
/// training/watermark/shades.py is the same, number by number.
/// </summary>
internal readonly record struct ColourLine(Colour First, Colour Second)
{
    public double Length => Math.Sqrt((Second - First).Squared);

    /// <summary>What of the line is nearest to a shift.</summary>
    public Colour Nearest(Colour shift)
    {
        var way = Second - First;
        return First + way * Math.Clamp((shift - First).Dot(way) / Math.Max(way.Squared, 1e-9), 0, 1);
    }

    /// <summary>The line whose colours can be.</summary>
    public ColourLine Within(double opacity)
    {
        return new ColourLine(Clamp(First), Clamp(Second));

        Colour Clamp(Colour end) => new(Math.Clamp(end.R, 0, 255 * opacity), Math.Clamp(end.G, 0, 255 * opacity), Math.Clamp(end.B, 0, 255 * opacity));
    }
}
