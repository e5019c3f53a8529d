using LiveFace.Media.Frames;

namespace LiveFace.Restoration.Fit;

/// <summary>
/// Reads a mark's opacity and colour off a picture. Along the mark's edges both sides are seen: what is inside a mark of opacity a and
/// colour C is (1 − a) times what is outside, plus a C. Both sides are the same kind of thing, so 1 − a is the ratio of their spreads.
/// Windows that do not fit count less and less: objects have edges of their own. training/watermark/fit.py is the same, number by number.
/// </summary>
internal static class MarkFit
{
    private const int LeastWindows = 8;
    private const int Rounds = 8;

    // Of the step at the mark's edges no more than this may be left, or there is no mark.
    private const double Better = 0.6;

    // Nor more than this, where it has two colours that are far apart.
    private const double BetterFar = 0.7;

    // How far two colours, times the opacity, are apart: to say that more of the mask is the mark's, to be two where one does not fit, and where it does.
    private const double HardlyApart = 10;
    private const double Apart = 20;
    private const double FarApart = 30;

    // At least, where one colour does not fit: of less, pictures have things that look so.
    private const int AloneWindows = 100;
    private const double AloneOpacity = 0.2;

    // What may be left of steps where all of the mask is kept: with one colour, and where other colours say what is left.
    private const double Sure = 0.2;
    private const double SureAlong = 0.7;

    /// <summary>The mark, and the mask is left with what is its; null where none can be read off.</summary>
    public static Mark? Of(VideoFrame frame, Span<byte> mask, ReadOnlySpan<byte> cover)
    {
        var grid = SeamGrid.Of(frame.Width, frame.Height);
        var windows = SeamWindow.All(frame, mask, cover, grid);
        if (windows.Length < LeastWindows)
            return null;
        var weights = Array.ConvertAll(windows, window => window.Counts);
        var (off, sorted) = (new double[windows.Length], new double[windows.Length]);
        var (slope, shift) = (SeamLine.PriorSlope, default(Colour));
        for (var round = 0; round < Rounds; round++)
        {
            (slope, shift) = SeamLine.Of(windows, weights);
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

        var opacity = 1 - slope;
        var (one, along) = (new ColourLine(shift, shift), new ColourLine(shift, shift));
        var (fits, isTwo) = (Left(windows, slope, one) <= Better, false);
        if (ColourLines.Of(ColourShift.All(frame, mask, cover, opacity, Ground.Of(frame, mask))) is { Length: >= HardlyApart } line
            && Left(windows, slope, line.Within(opacity)) <= (line.Length >= FarApart ? BetterFar : Better))
            (along, isTwo) = (line.Within(opacity), fits ? line.Length >= FarApart : line.Length >= Apart && windows.Length >= AloneWindows && opacity >= AloneOpacity);
        if (!fits && !isTwo)
            return null;
        Filter(windows, slope, along, new SeamFilter(grid, along == one ? Sure : SureAlong), mask, frame.Width, frame.Height);
        return isTwo ? Mark.Of(opacity, along.First * (1 / opacity), along.Second * (1 / opacity)) : Mark.Of(opacity, one.Within(opacity).First * (1 / opacity));
    }

    /// <summary>What part is left of the steps at the mark's edges.</summary>
    private static double Left(SeamWindow[] windows, double slope, ColourLine line)
    {
        double before = 0, after = 0;
        foreach (var window in windows)
        {
            var (step, left) = Steps(window, slope, line);
            (before, after) = (before + step, after + left);
        }

        return before > 0 ? after / before : 1;
    }

    private static (double Step, double Left) Steps(in SeamWindow window, double slope, ColourLine line)
    {
        var shift = window.Inside - window.Outside * slope;
        return (window.Counts * (window.Inside - window.Outside).Absolute, window.Counts * (shift - line.Nearest(shift)).Absolute / slope);
    }

    private static void Filter(SeamWindow[] windows, double slope, ColourLine line, SeamFilter filter, Span<byte> mask, int width, int height)
    {
        foreach (var window in windows)
        {
            var (step, left) = Steps(window, slope, line);
            filter.Add(window.Cell, step, left);
        }

        filter.Apply(mask, width, height);
    }
}
