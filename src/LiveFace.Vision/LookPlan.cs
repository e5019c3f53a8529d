using LiveFace.Media.Frames;

namespace LiveFace.Vision;

/// <summary>One window of a frame that is to be looked at, and the input size it is brought to.</summary>
public readonly record struct PlannedWindow(PixelRect Window, InputSize Size, bool IsWhole)
{
    /// <summary>The smallest face, in pixels of the frame, that a model finds in it which finds those of so many in its input.</summary>
    internal int SmallestFace(int inInput) => (int)Math.Ceiling(
        inInput * Math.Max((double)Window.Width / Size.Width, (double)Window.Height / Size.Height));
}

/// <summary>What is looked at in one frame, in order of importance; the memory is used again.</summary>
public sealed class LookPlan
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

    /// <summary>Adds one window; false when the plan is full.</summary>
    public bool Add(PlannedWindow window)
    {
        if (IsFull)
            return false;
        _windows[Count++] = window;
        return true;
    }
}
