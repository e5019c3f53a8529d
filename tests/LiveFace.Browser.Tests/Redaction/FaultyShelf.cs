using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Detection;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>The server's own shelf, whose face model a test can spoil or take away.</summary>
internal sealed class FaultyShelf(DetectorShelf inner) : IDetectorShelf, IDisposable
{
    private readonly Lock _gate = new();

    /// <summary>The face model with its faults; null before it is loaded.</summary>
    public FaultyDetector? Faces { get; private set; }

    public bool IsMissing { get; set; }

    public ShelfState Find(string model, out IDetector? detector)
    {
        detector = null;
        if (IsMissing)
            return ShelfState.Missing;
        var state = inner.Find(model, out detector);
        if (state != ShelfState.Ready || model != "faces")
            return state;
        lock (_gate)
            detector = Faces ??= new FaultyDetector(detector!);
        return state;
    }

    public void Dispose() => Faces?.Dispose();
}
