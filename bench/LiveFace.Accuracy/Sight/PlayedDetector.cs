using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Accuracy.Sight;

/// <summary>Finds once more, in whatever it is shown, what another look has found: the redactor believes looks alone.</summary>
internal sealed class PlayedDetector(Seen seen, float least, int width, int height) : IDetector, IDetectorLane
{
    public string ModelId => "played";

    public IReadOnlyList<string> Labels => seen.Labels;

    // What is played was made one of several already.
    public DetectionThresholds Thresholds => new(seen.Strong, 0, 1);

    public InputSize InputSize => new(width, height);

    public int InputStep => 0;

    public int Pending { get; private set; }

    public IDetectorLane OpenLane(int slots) => this;

    public bool Sample(VideoFrame frame, PixelRect window, InputSize size) => Pending++ == 0;

    public DetectionVerdict Infer(DetectionList found)
    {
        Reset();
        foreach (ref readonly var item in seen.Found.AsSpan())
            if (item.Score >= least)
                found.Add(item);
        return DetectionVerdict.Seen;
    }

    public void Reset() => Pending = 0;

    public void Dispose()
    {
    }
}
