using LiveFace.Media.Frames;

namespace LiveFace.Restoration.Fit;

/// <summary>
/// Reads a mark's opacity and colour off a picture. Along the mark's edges both sides are seen: what is inside a mark of opacity a and
/// colour C is (1 − a) times what is outside, plus a C. Both sides are the same kind of thing, so 1 − a is the ratio of their spreads.
/// Windows that do not fit count less and less: objects have edges of their own. training/watermark/fit.py is the same, number by number.
/// </summary>
internal static class MarkFit
{
    // What a window or two must not overrule.
    private const double Prior = 20;
    private const double PriorSlope = 0.7;

    private const double LeastSlope = 0.25;
    private const double MostSlope = 0.97;
    private const int LeastWindows = 8;
    private const int Rounds = 8;

    // Of the step at the mark's edges no more than this may be left, or there is no mark.
    private const double Better = 0.6;

    /// <summary>The mark, and the mask is left with what is its; null where none can be read off.</summary>
    public static Mark? Of(VideoFrame frame, Span<byte> mask, ReadOnlySpan<byte> cover)
    {
        var grid = SeamGrid.Of(frame.Width, frame.Height);
        var windows = SeamWindow.All(frame, mask, cover, grid);
        if (windows.Length < LeastWindows)
            return null;
        var weights = Array.ConvertAll(windows, window => window.Counts);
        var (off, sorted) = (new double[windows.Length], new double[windows.Length]);
        var (slope, shift) = (PriorSlope, default(Colour));
        for (var round = 0; round < Rounds; round++)
        {
            (slope, shift) = Line(windows, weights);
            for (var i = 0; i < windows.Length; i++)
                off[i] = Math.Sqrt((windows[i].Inside - windows[i].Outside * slope - shift).Squared / 3);
            off.CopyTo(sorted, 0);
            Array.Sort(sorted);
            var far = 1.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2 + 1;
            for (var i = 0; i < windows.Length; i++)
            {
                var near = 1 + off[i] / far * (off[i] / far);
                weights[i] = windows[i].Counts / (near * near);
            }
        }

        var filter = new SeamFilter(grid);
        double before = 0, after = 0;
        foreach (var (inside, outside, counts, cell) in windows)
        {
            var (step, left) = (counts * (inside - outside).Absolute, counts * (inside - outside * slope - shift).Absolute / slope);
            (before, after) = (before + step, after + left);
            filter.Add(cell, step, left);
        }

        if (!(after <= Better * before))
            return null;
        filter.Apply(mask, frame.Width, frame.Height);
        var opacity = 1 - slope;
        return new Mark(opacity, Part(shift.R), Part(shift.G), Part(shift.B));

        double Part(double value) => Math.Clamp(value / opacity, 0, 255);
    }

    /// <summary>The line from outside to inside: one slope, and a shift for each colour.</summary>
    private static (double Slope, Colour Shift) Line(SeamWindow[] windows, double[] weights)
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
        return Math.Min(Of(outside.R, inside.R), Math.Min(Of(outside.G, inside.G), Of(outside.B, inside.B)));

        static double Of(double outside, double inside) => Math.Min(inside / Math.Max(outside, 1), (255 - inside) / Math.Max(255 - outside, 1));
    }
}
