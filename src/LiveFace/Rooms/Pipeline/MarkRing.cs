using LiveFace.Redaction.FailClosed;

namespace LiveFace.Rooms.Pipeline;

/// <summary>The marks of the last frames by their times, so that a late answer finds the frame that it is about.</summary>
internal sealed class MarkRing
{
    // Longer than the longest maximum age at 50 frames a second.
    private const int Kept = 256;
    private readonly FrameMark[] _marks = new FrameMark[Kept];

    public void Add(in FrameMark mark) => _marks[mark.Index % Kept] = mark;

    public bool TryFind(TimeSpan time, out FrameMark mark)
    {
        foreach (ref readonly var candidate in _marks.AsSpan())
            if (candidate.Index > 0 && candidate.Time == time)
            {
                mark = candidate;
                return true;
            }

        mark = default;
        return false;
    }
}
