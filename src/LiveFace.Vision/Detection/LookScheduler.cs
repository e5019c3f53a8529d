using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Spends a time budget on one frame: the whole picture always, as finely as the budget allows; then windows at full
/// resolution over the tracks that the whole picture shows too small; then, with what is left, a scan that goes round
/// the picture from frame to frame. What a pixel of input costs is learnt from the looks themselves, so the plan
/// shrinks under load and grows again.
/// </summary>
public sealed class LookScheduler
{
    // Below this height in the model's input a face is easily missed.
    private const float SureHeight = 22f;
    private const double Learning = 0.15;

    private static readonly InputSize[] WholeAreas = [new(640, 480), new(480, 360), new(320, 240)];
    private static readonly InputSize WindowArea = new(320, 240);

    private readonly InputSize _own;
    private readonly int _step;
    private double _secondsPerPixel;
    private int _scan;

    /// <summary>Makes a scheduler for one stream and one detector.</summary>
    public LookScheduler(InputSize own, int step)
    {
        _own = own;
        _step = step;
    }

    /// <summary>What an input of this size is believed to cost; zero as long as nothing is known.</summary>
    public TimeSpan CostOf(InputSize size) => TimeSpan.FromSeconds(_secondsPerPixel * size.Area);

    /// <summary>Learns from a look that is over.</summary>
    public void Learn(long pixels, TimeSpan took)
    {
        if (pixels <= 0 || took <= TimeSpan.Zero)
            return;
        var cost = took.TotalSeconds / pixels;
        _secondsPerPixel = _secondsPerPixel == 0 ? cost : _secondsPerPixel + Learning * (cost - _secondsPerPixel);
    }

    /// <summary>Writes the plan for a frame of this size.</summary>
    public void Plan(LookPlan plan, int width, int height, ReadOnlySpan<Track> tracks, int source, TimeSpan budget)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Clear();
        var left = budget.TotalSeconds;
        var frame = new PixelRect(0, 0, width, height);
        var whole = ChooseWhole(width, height, left);
        plan.Add(new PlannedWindow(frame, whole, true));
        left -= _secondsPerPixel * whole.Area;
        if (_secondsPerPixel == 0)
            return;

        // The largest boxes that a model knows are a part of the input it was made for: what fills the picture
        // is seen in a small version of it only.
        var small = Fit(WindowArea, width, height);
        if (_step > 0 && whole.Area > small.Area * 2 && Afford(small, ref left))
            plan.Add(new PlannedWindow(frame, small, true));

        var scale = Math.Max((float)width / whole.Width, (float)height / whole.Height);
        if (scale < 1.1f)
            return;
        var window = WindowOf(width, height);
        PlanTracks(plan, window, width, height, tracks, source, scale, ref left);
        PlanScan(plan, window, width, height, ref left);
    }

    private InputSize ChooseWhole(int width, int height, double budget)
    {
        if (_step == 0)
            return _own;
        var best = Fit(WholeAreas[^1], width, height);
        if (_secondsPerPixel == 0)
            return best;
        foreach (var area in WholeAreas)
        {
            var size = Fit(area, width, height);
            if (_secondsPerPixel * size.Area <= 0.8 * budget)
                return size;
        }

        return best;
    }

    /// <summary>The input of about that area with the shape of the picture, no larger than the picture.</summary>
    private InputSize Fit(InputSize area, int width, int height)
    {
        var scale = Math.Min(1, Math.Sqrt(area.Area / ((double)width * height)));
        return new InputSize(Round(width * scale), Round(height * scale));
    }

    private int Round(double pixels) => Math.Max(2, (int)Math.Round(pixels / _step)) * _step;

    private PlannedWindow WindowOf(int width, int height)
    {
        var size = _step == 0 ? _own : WindowArea;
        var fits = new PixelRect(0, 0, Math.Min(size.Width, width), Math.Min(size.Height, height));
        return new PlannedWindow(fits, size, false);
    }

    private void PlanTracks(
        LookPlan plan, PlannedWindow window, int width, int height, ReadOnlySpan<Track> tracks, int source,
        float scale, ref double left)
    {
        foreach (ref readonly var track in tracks)
        {
            if (track.Source != source || track.Box.Height / scale > SureHeight || IsCovered(plan, track.Box))
                continue;
            if (!Afford(window.Size, ref left) || plan.IsFull)
                return;
            var x = Math.Clamp((int)(track.Box.CentreX - window.Window.Width * 0.5f), 0, width - window.Window.Width);
            var y = Math.Clamp((int)(track.Box.CentreY - window.Window.Height * 0.5f), 0, height - window.Window.Height);
            plan.Add(window with { Window = window.Window with { X = x, Y = y } });
        }
    }

    private void PlanScan(LookPlan plan, PlannedWindow window, int width, int height, ref double left)
    {
        // Neighbours share a quarter, so that what is cut by one window's edge lies whole in the next.
        var across = Steps(width, window.Window.Width);
        var down = Steps(height, window.Window.Height);
        var tiles = across * down;
        for (var i = 0; i < tiles && !plan.IsFull && Afford(window.Size, ref left); i++)
        {
            _scan = (_scan + 1) % tiles;
            var x = Place(_scan % across, across, width, window.Window.Width);
            var y = Place(_scan / across, down, height, window.Window.Height);
            plan.Add(window with { Window = window.Window with { X = x, Y = y } });
        }
    }

    private static int Steps(int side, int window) =>
        side <= window ? 1 : 1 + (int)Math.Ceiling((side - window) / (window * 0.75));

    private static int Place(int index, int count, int side, int window) =>
        count == 1 ? 0 : index * (side - window) / (count - 1);

    private static bool IsCovered(LookPlan plan, BoxF box)
    {
        foreach (ref readonly var planned in plan.Windows)
        {
            var w = planned.Window;
            if (!planned.IsWhole && box.Left >= w.X && box.Top >= w.Y && box.Right <= w.Right && box.Bottom <= w.Bottom)
                return true;
        }

        return false;
    }

    private bool Afford(InputSize size, ref double left)
    {
        var cost = _secondsPerPixel * size.Area;
        if (cost > left)
            return false;
        left -= cost;
        return true;
    }
}
