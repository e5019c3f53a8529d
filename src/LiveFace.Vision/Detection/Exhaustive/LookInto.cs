using LiveFace.Media;
using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>A model's lane, one look at a time, with a verdict whatever the model does.</summary>
internal sealed class LookInto(IDetector detector) : IDisposable
{
    // Whole pictures, tiles and turned pictures in turns, without tensors made anew each time.
    private const int Slots = 4;

    private readonly IDetectorLane _lane = detector.OpenLane(Slots);

    public float Overlap => detector.Thresholds.Overlap;

    public bool TakesAnySize => detector.InputStep > 0;

    public InputSize OwnSize => detector.InputSize;

    /// <summary>The input of about that area in the shape of the picture.</summary>
    public InputSize Fit(InputSize area, int width, int height)
    {
        if (!TakesAnySize)
            return OwnSize;
        var scale = Math.Sqrt(area.Area / ((double)width * height));
        var step = detector.InputStep;
        return new InputSize(
            Math.Max(1, (int)Math.Round(width * scale / step)) * step, Math.Max(1, (int)Math.Round(height * scale / step)) * step);
    }

    /// <summary>Appends what is in a window. Without <see cref="DetectionVerdict.Seen"/> nothing is known.</summary>
    public DetectionVerdict Look(VideoFrame frame, PixelRect window, InputSize size, DetectionList found)
    {
        var from = found.Count;
        try
        {
            _lane.Reset();
            if (!_lane.Sample(frame, window, size))
                return DetectionVerdict.Failed;
            var verdict = _lane.Infer(found);
            if (verdict != DetectionVerdict.Seen)
                return verdict;
        }
#pragma warning disable CA1031 // A detector may throw anything; the verdict says that nothing is known.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FaultReports.Report("look at a file", error);
            return DetectionVerdict.Failed;
        }

        foreach (ref readonly var item in found.Items[from..])
            if (!float.IsFinite(item.Box.Left + item.Box.Top + item.Box.Right + item.Box.Bottom + item.Score))
                return DetectionVerdict.NotFinite;

        // What did not fit is not known, and what took another's place no longer stands where it was put.
        return found.Dropped > 0 ? DetectionVerdict.TooMany : DetectionVerdict.Seen;
    }

    public void Dispose() => _lane.Dispose();
}
