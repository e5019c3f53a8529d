using System.Numerics;
using LiveFace.Redaction.FailClosed;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// The newest answers of one model, each with the frame that it is about: a frame asks for its own, or for the newest
/// before it. The lists are used again and again, and made larger only
/// for the first crowd.
/// </summary>
public sealed class SourceFindings
{
    // A look-ahead of five frames, the frame itself, and one to hold.
    private const int Kept = 8;
    private const int LeastRoom = 256;
    private readonly Entry[] _entries = new Entry[Kept];
    private int _next;

    private struct Entry
    {
        public FrameMark Mark;
        public DetectionList? List;
    }

    /// <summary>Makes room for the answers of a model.</summary>
    public SourceFindings(VisionSource source) => Source = source;

    /// <summary>Whose answers these are.</summary>
    public VisionSource Source { get; }

    /// <summary>Keeps a copy of what was found in a frame, in the place of the oldest.</summary>
    public void Store(in FrameMark mark, DetectionList found)
    {
        ref var entry = ref _entries[_next];
        _next = (_next + 1) % Kept;
        if (entry.List is null || entry.List.Capacity < found.Count)
            entry.List = new DetectionList(Math.Max(LeastRoom, (int)BitOperations.RoundUpToPowerOf2((uint)found.Count)));
        entry.List.CopyFrom(found);
        entry.Mark = mark;
    }

    /// <summary>The answer about this very frame.</summary>
    public bool TryOwn(in FrameMark frame, out DetectionList found)
    {
        foreach (ref readonly var entry in _entries.AsSpan())
            if (entry.List is { } list && entry.Mark == frame)
            {
                found = list;
                return true;
            }

        found = null!;
        return false;
    }

    /// <summary>The newest answer about a frame before this one, in the same epoch.</summary>
    public bool TryHeld(in FrameMark frame, out DetectionList found, out FrameMark of)
    {
        found = null!;
        of = default;
        foreach (ref readonly var entry in _entries.AsSpan())
            if (entry.List is { } list && entry.Mark.Epoch == frame.Epoch && entry.Mark.Index < frame.Index &&
                entry.Mark.Index > of.Index)
            {
                found = list;
                of = entry.Mark;
            }

        return of.Index > 0;
    }
}
