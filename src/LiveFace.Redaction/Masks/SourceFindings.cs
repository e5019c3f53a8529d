using System.Numerics;
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
    internal SourceFindings(VisionSource source, IDetector detector) => (Source, Detector) = (source, detector);

    /// <summary>What looks.</summary>
    internal IDetector Detector { get; }

    /// <summary>Whose answers these are.</summary>
    public VisionSource Source { get; }

    /// <summary>The name of a class of the model's, or the model's own where it has none.</summary>
    public string LabelOf(int label) => (uint)label < (uint)Source.Labels.Count ? Source.Labels[label] : Source.Model;

    /// <summary>Whether what it finds are faces.</summary>
    public bool FindsFaces => Detector.SmallestFace > 0;

    /// <summary>The score from which one look alone takes a thing for one, in a picture of so many pixels.</summary>
    public float LiveBar(BoxF box, float pixels) => Detector.Thresholds.Live.For(box, pixels);

    /// <summary>Keeps a copy of what was found in a frame, and more that is to be hidden, in the place of the oldest.</summary>
    internal void Store(LookReceipt receipt, ReadOnlySpan<DetectedObject> besides)
    {
        var count = receipt.Found.Length + besides.Length;
        ref var entry = ref _entries[_next];
        _next = (_next + 1) % Kept;
        if (entry.List is null || entry.List.Capacity < count)
            entry.List = new DetectionList(Math.Max(LeastRoom, (int)BitOperations.RoundUpToPowerOf2((uint)count)));
        receipt.CopyTo(entry.List);
        foreach (ref readonly var item in besides)
            entry.List.Add(item);
        entry.Mark = receipt.Mark;
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
    internal bool TryHeld(in FrameMark frame, out DetectionList found, out FrameMark of)
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
