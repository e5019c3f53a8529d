using LiveFace.Media.Frames;

namespace LiveFace.Vision;

/// <summary>What is looked at in one frame, in order of importance; the memory is used again.</summary>
internal sealed class LookPlan
{
    private readonly PlannedWindow[] _windows;

    /// <summary>Makes a plan of at most this many windows.</summary>
    public LookPlan(int capacity) => _windows = new PlannedWindow[capacity];

    /// <summary>How many windows there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many fit.</summary>
    public int Capacity => _windows.Length;

    /// <summary>Whether no more fit.</summary>
    public bool IsFull => Count == _windows.Length;

    /// <summary>What is to be looked at.</summary>
    public ReadOnlySpan<PlannedWindow> Windows => _windows.AsSpan(0, Count);

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = 0;

    /// <summary>Whether a window that is not the whole picture, and is turned so, shows all of this box.</summary>
    public bool ShowsClosely(BoxF box, QuarterTurns turns = QuarterTurns.None)
    {
        foreach (ref readonly var planned in Windows)
            if (!planned.IsWhole && planned.Turns == turns && planned.Holds(box))
                return true;
        return false;
    }

    /// <summary>Adds one window; false when the plan is full.</summary>
    public bool Add(PlannedWindow window)
    {
        if (IsFull)
            return false;
        _windows[Count++] = window;
        return true;
    }
}
