using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>A part of a frame that was looked at, and the smallest face, in pixels of the frame, that such a look finds.</summary>
public readonly record struct LookedWindow(PixelRect Window, int SmallestFace);

/// <summary>
/// What a look at a frame was and what came of it. Only the looks themselves (<see cref="Eye"/>,
/// <see cref="ExhaustiveLook"/>) write one, and only by one does anything count as looked at. It belongs to its look and
/// stands until that looks again.
/// </summary>
public sealed class LookReceipt
{
    // More windows than a live look has; offline, whole looks come first and cover everything by themselves.
    private const int MostWindows = 64;

    private readonly LookedWindow[] _windows = new LookedWindow[MostWindows];
    private readonly CellPicture _cells = new();
    private int _count;
    private bool _isComplete;

    internal LookReceipt(IDetector detector, DetectionList list)
    {
        Detector = detector;
        List = list;
    }

    /// <summary>What looked, or what a quicker one looked for.</summary>
    public IDetector Detector { get; }

    /// <summary>Which frame was looked at.</summary>
    public FrameMark Mark { get; private set; }

    /// <summary>Whether the look is over and sound, so that what it did not find is not there.</summary>
    public bool IsSound => _isComplete && Verdict == DetectionVerdict.Seen;

    /// <summary>What became of it; stands for nothing while <see cref="IsSound"/> is false.</summary>
    public DetectionVerdict Verdict { get; private set; }

    /// <summary>Where it looked, and down to which size.</summary>
    public ReadOnlySpan<LookedWindow> Windows => _windows.AsSpan(0, _count);

    /// <summary>The frame's brightness.</summary>
    public CellPicture Cells => _cells;

    /// <summary>What was found, from the weak threshold up.</summary>
    public ReadOnlySpan<DetectedObject> Found => List.Items;

    /// <summary>Copies what was found, outlines too.</summary>
    public void CopyTo(DetectionList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        list.CopyFrom(List);
    }

    internal DetectionList List { get; }

    internal void Begin(in FrameMark mark)
    {
        _isComplete = false;
        _count = 0;
        Mark = mark;
    }

    internal void Begin(in FrameMark mark, CellPicture cells)
    {
        Begin(mark);
        _cells.CopyFrom(cells);
    }

    internal void Begin(in FrameMark mark, VideoFrame frame)
    {
        Begin(mark);
        _cells.Read(frame);
    }

    internal void Add(in PlannedWindow planned) => Add(planned, Detector.SmallestFace);

    internal void Add(in PlannedWindow planned, int smallestFace)
    {
        if (_count < MostWindows)
            _windows[_count++] = new LookedWindow(planned.Window, planned.SmallestFace(smallestFace));
    }

    internal void Complete(DetectionVerdict verdict)
    {
        Verdict = verdict;
        _isComplete = true;
    }
}
