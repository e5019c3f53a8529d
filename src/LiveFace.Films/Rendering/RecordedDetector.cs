using LiveFace.Films.Boxes;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Rendering;

/// <summary>
/// Stands for a model whose looks are recorded in a box file. It answers for the picture that was looked at and for no other:
/// whoever asks about a picture without a sound look of its own, by its print, gets no answer, and the redactor covers it.
/// What was found stands in the tracks, which were linked over the whole film and reviewed, so that its own list is empty.
/// </summary>
internal sealed class RecordedDetector(BoxModel model, int width, int height) : IDetector, IDetectorLane
{
    private VideoFrame? _frame;

    public string ModelId => model.Id;

    public IReadOnlyList<string> Labels => model.Labels;

    public DetectionThresholds Thresholds => DetectionThresholds.Default with { Score = model.Score };

    public InputSize InputSize { get; } = new(width, height);

    public int InputStep => 0;

    public int SmallestFace { get; private set; }

    public int Pending { get; private set; }

    /// <summary>Lets it answer for a frame that a look is recorded for; null where there is none.</summary>
    public void Recall(VideoFrame? frame, in BoxLook look)
    {
        _frame = look.IsSound ? frame : null;
        SmallestFace = look.SmallestFace;
    }

    public IDetectorLane OpenLane(int slots) => this;

    public bool Sample(VideoFrame frame, PixelRect window, InputSize size)
    {
        var isOwn = ReferenceEquals(frame, _frame) && window == new PixelRect(0, 0, InputSize.Width, InputSize.Height) && Pending == 0;
        Pending = isOwn ? 1 : 0;
        return isOwn;
    }

    public DetectionVerdict Infer(DetectionList found)
    {
        var verdict = Pending == 1 ? DetectionVerdict.Seen : DetectionVerdict.Failed;
        Reset();
        return verdict;
    }

    public void Reset() => Pending = 0;

    public void Dispose()
    {
    }
}
