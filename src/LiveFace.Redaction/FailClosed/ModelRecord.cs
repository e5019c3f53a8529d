using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.FailClosed;

/// <summary>The newest frames on which one model succeeded, and what is wrong with it now.</summary>
internal sealed class ModelRecord
{
    // More than a look-ahead can reach back, and a power of two.
    private const int Kept = 16;
    private readonly FrameMark[] _marks = new FrameMark[Kept];
    private int _count;

    public DetectorTrouble Trouble { get; private set; }

    public bool HasEverSucceeded => _count > 0;

    public void Succeeded(in FrameMark mark)
    {
        Trouble = DetectorTrouble.None;
        _marks[_count++ & (Kept - 1)] = mark;
        if (_count == int.MaxValue)
            _count = Kept * 2;
    }

    public void Failed(DetectorTrouble trouble) => Trouble = trouble;

    /// <summary>The detection nearest in time to a frame, out of the frame's own epoch.</summary>
    public bool TryNearest(in FrameMark frame, out FrameMark nearest)
    {
        nearest = default;
        var found = false;
        for (var i = 0; i < Math.Min(_count, Kept); i++)
        {
            ref readonly var mark = ref _marks[i];
            if (mark.Epoch != frame.Epoch)
                continue;
            if (!found || Distance(mark, frame) < Distance(nearest, frame))
                nearest = mark;
            found = true;
        }

        return found;
    }

    public static TimeSpan Distance(in FrameMark a, in FrameMark b) => (a.Time - b.Time).Duration();
}
