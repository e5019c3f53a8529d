using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Spends a time budget on one frame: the whole picture always, as finely as the budget allows; then windows, enlarged
/// where that helps, over the tracks that the whole picture shows too small; then, with what is left, a scan that goes
/// round the picture from frame to frame. What a pixel of input costs is learnt from the looks themselves, so the plan
/// shrinks under load and grows again.
/// </summary>
public sealed class LookScheduler
{
    // Below the first height in the model's input a face is easily missed; the second is where it is found best.
    private const float SureHeight = 26f;
    private const float BestHeight = 36f;
    private const float MostZoom = 3f;
    private const float ScanZoom = 2f;

    // A whole look at the finest size may take this part of the budget; the rest is for windows.
    private const double WholePart = 0.75;
    private const double Learning = 0.15;

    // Faces that fill the picture are seen in a small version of it only, and do not come and go between two frames.
    private const int LooksPerSmallWhole = 4;
    private const float LargeHeight = 160f;

    private static readonly InputSize[] WholeAreas = [new(640, 480), new(480, 360), new(320, 240)];
    private static readonly InputSize WindowArea = new(320, 240);

    private readonly InputSize _own;
    private readonly int _step;
    private double _secondsPerPixel;
    private int _looks;
    private int _scan;
    private int _turn;

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

    /// <summary>Every input that a plan for a frame of this size may ask for, as often as one plan may ask for it.</summary>
    internal InputSize[] InputsFor(int width, int height, int windows)
    {
        if (_step == 0)
            return [.. Enumerable.Repeat(_own, windows)];
        var wholes = WholeAreas.Select(area => Fit(area, width, height)).Distinct();
        return [.. wholes, .. Enumerable.Repeat(WindowInput, windows - 1)];
    }

    /// <summary>Writes the plan for a frame of this size.</summary>
    public void Plan(LookPlan plan, int width, int height, ReadOnlySpan<Track> tracks, int source, TimeSpan budget)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Clear();
        _looks++;
        var left = budget.TotalSeconds;
        var frame = new PixelRect(0, 0, width, height);
        var whole = ChooseWhole(width, height, left);
        var scale = Math.Max((float)width / whole.Width, (float)height / whole.Height);
        plan.Add(new PlannedWindow(frame, whole, true));
        left -= _secondsPerPixel * whole.Area;
        if (_secondsPerPixel == 0)
            return;

        var small = _step > 0 ? Fit(WindowArea, width, height) : _own;
        if (whole.Area > small.Area * 2 && (_looks % LooksPerSmallWhole == 0 || AnyLarge(tracks, source, scale))
            && Afford(small, ref left))
            plan.Add(new PlannedWindow(frame, small, true));

        var window = WindowInput;
        PlanTracks(plan, window, width, height, tracks, source, scale, ref left);
        PlanScan(plan, window, width, height, scale > 1.1f ? 1 : ScanZoom, ref left);
    }

    private InputSize WindowInput => _step > 0 ? new InputSize(Round(WindowArea.Width), Round(WindowArea.Height)) : _own;

    private InputSize ChooseWhole(int width, int height, double budget)
    {
        if (_step == 0)
            return _own;
        var smallest = Fit(WholeAreas[^1], width, height);
        if (_secondsPerPixel == 0)
            return smallest;
        foreach (var area in WholeAreas)
        {
            var size = Fit(area, width, height);
            if (_secondsPerPixel * size.Area <= WholePart * budget)
                return size;
        }

        return smallest;
    }

    /// <summary>The input of about that area with the shape of the picture, no larger than the picture.</summary>
    private InputSize Fit(InputSize area, int width, int height)
    {
        var scale = Math.Min(1, Math.Sqrt(area.Area / ((double)width * height)));
        return new InputSize(Round(width * scale), Round(height * scale));
    }

    private int Round(double pixels) => Math.Max(2, (int)Math.Round(pixels / _step)) * _step;

    private static bool AnyLarge(ReadOnlySpan<Track> tracks, int source, float scale)
    {
        foreach (ref readonly var track in tracks)
            if (track.Source == source && track.Box.Height / scale > LargeHeight)
                return true;
        return false;
    }

    private void PlanTracks(
        LookPlan plan, InputSize input, int width, int height, ReadOnlySpan<Track> tracks, int source,
        float scale, ref double left)
    {
        // Each look begins with another track, so that all get their turn when not all can be afforded.
        for (var i = 0; i < tracks.Length; i++)
        {
            ref readonly var track = ref tracks[(i + _turn) % tracks.Length];
            if (track.Source != source || track.Box.Height / scale > SureHeight || IsCovered(plan, track.Box))
                continue;
            if (plan.IsFull || !Afford(input, ref left))
            {
                _turn = (i + _turn) % tracks.Length;
                return;
            }

            var zoom = Math.Clamp(BestHeight / MathF.Max(1, track.Box.Height), 1, MostZoom);
            var side = Side(input, zoom, width, height);
            var x = Math.Clamp((int)(track.Box.CentreX - side.Width * 0.5f), 0, width - side.Width);
            var y = Math.Clamp((int)(track.Box.CentreY - side.Height * 0.5f), 0, height - side.Height);
            plan.Add(new PlannedWindow(new PixelRect(x, y, side.Width, side.Height), input, false));
        }

        _turn = 0;
    }

    private void PlanScan(LookPlan plan, InputSize input, int width, int height, float zoom, ref double left)
    {
        // Neighbours share a quarter, so that what is cut by one window's edge lies whole in the next.
        var side = Side(input, zoom, width, height);
        var across = Steps(width, side.Width);
        var down = Steps(height, side.Height);
        var tiles = across * down;
        for (var i = 0; i < tiles && !plan.IsFull && Afford(input, ref left); i++)
        {
            _scan = (_scan + 1) % tiles;
            var x = Place(_scan % across, across, width, side.Width);
            var y = Place(_scan / across, down, height, side.Height);
            plan.Add(new PlannedWindow(new PixelRect(x, y, side.Width, side.Height), input, false));
        }
    }

    private static InputSize Side(InputSize input, float zoom, int width, int height) => new(
        Math.Min(width, (int)(input.Width / zoom)), Math.Min(height, (int)(input.Height / zoom)));

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
