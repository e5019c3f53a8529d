using LiveFace.Media.Frames;

namespace LiveFace.Vision;

/// <summary>What an answer can say something about: the windows that were looked into, and at which sizes things are seen there.</summary>
public readonly ref struct LookReach
{
    // So much of a box has to lie in a window.
    private const float LeastInside = 0.9f;

    private readonly ReadOnlySpan<PlannedWindow> _windows;
    private readonly DetectionThresholds _thresholds;
    private readonly float _pixels;

    /// <summary>The reach of a look into the windows of a picture of so many pixels.</summary>
    internal LookReach(ReadOnlySpan<PlannedWindow> windows, DetectionThresholds thresholds, float pixels)
    {
        _windows = windows;
        _thresholds = thresholds;
        _pixels = pixels;
    }

    /// <summary>The score that a box needs to be hidden by this look alone; zero where nothing is known of the look.</summary>
    internal float BarFor(BoxF box) => _windows.IsEmpty ? 0 : _thresholds.Live.For(box, _pixels);

    /// <summary>How many of the windows would have shown a thing that is there, and is upright in a picture that is turned so.</summary>
    internal int Count(BoxF box, QuarterTurns turns = QuarterTurns.None)
    {
        var count = 0;
        foreach (ref readonly var planned in _windows)
            count += planned.Turns == turns && Shows(planned, box) ? 1 : 0;
        return count;
    }

    private bool Shows(in PlannedWindow planned, BoxF box)
    {
        var w = planned.Window;
        var inside = box.Intersect(new BoxF(w.X, w.Y, w.Right, w.Bottom)).Area;
        var height = planned.Turns.IsQuarter() ? box.Width * planned.Size.Height / w.Width : box.Height * planned.Size.Height / w.Height;
        return inside >= LeastInside * box.Area && _thresholds.Heights.Contains(height);
    }
}
