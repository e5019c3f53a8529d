namespace LiveFace.Restoration.Fit;

/// <summary>How what is inside a mark hangs together with what is outside: 1 − opacity, and opacity times colour.</summary>
internal static class SeamLine
{
    public const double PriorSlope = 0.7;

    // What a window or two must not overrule.
    private const double Prior = 20;

    private const double LeastSlope = 0.25;
    private const double MostSlope = 0.97;

    /// <summary>The line from outside to inside: one slope, and a shift for each colour.</summary>
    public static (double Slope, Colour Shift) Of(SeamWindow[] windows, double[] weights)
    {
        var (total, middle, level) = (0.0, default(Colour), default(Colour));
        for (var i = 0; i < windows.Length; i++)
        {
            total += weights[i];
            middle += windows[i].Outside * weights[i];
            level += windows[i].Inside * weights[i];
        }

        (middle, level) = (middle * (1 / total), level * (1 / total));
        double spread = 0, spreadInside = 0, together = 0;
        for (var i = 0; i < windows.Length; i++)
        {
            var (x, y) = (windows[i].Outside - middle, windows[i].Inside - level);
            spread += weights[i] * x.Squared;
            spreadInside += weights[i] * y.Squared;
            together += weights[i] * x.Dot(y);
        }

        var slope = together > 0 ? Math.Sqrt((spreadInside / total + Prior * PriorSlope * PriorSlope) / (spread / total + Prior)) : PriorSlope;
        slope = Math.Max(LeastSlope, Math.Min(Math.Min(slope, MostSlope), Possible(middle, level)));
        return (slope, level - middle * slope);
    }

    /// <summary>The largest slope that makes a colour between 0 and 255 of these means.</summary>
    private static double Possible(Colour outside, Colour inside)
    {
        return Math.Min(Part(outside.R, inside.R), Math.Min(Part(outside.G, inside.G), Part(outside.B, inside.B)));

        static double Part(double outside, double inside) => Math.Min(inside / Math.Max(outside, 1), (255 - inside) / Math.Max(255 - outside, 1));
    }
}
