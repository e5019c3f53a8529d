using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;

namespace LiveFace.Accuracy.Sight;

/// <summary>A way of looking at a still picture, of one model.</summary>
internal interface IStillLook : IDisposable
{
    string Name { get; }

    /// <summary>The least score of what is hidden where the look is used as it stands.</summary>
    float Point { get; }

    Seen Look(SightView view);
}

/// <summary>One pass over the whole picture, 640×480 pixels of it at most, and nothing else.</summary>
internal sealed class WholeLook : IStillLook
{
    // Its weak detections lie far below any use.
    private const float Lowest = 0.2f;

    private readonly OnnxDetector _detector;
    private readonly IDetectorLane _lane;
    private readonly LookInputs _inputs;
    private readonly DetectionList _found = new();

    public WholeLook(OnnxDetector detector)
    {
        _detector = detector.With(Lowest);
        Point = detector.Thresholds.Score;
        _lane = _detector.OpenLane(1);
        _inputs = new LookInputs(detector.InputSize, detector.InputStep);
    }

    public string Name => $"{_detector.ModelId}, one pass";

    public float Point { get; }

    public Seen Look(SightView view)
    {
        using var frame = view.Frame();
        _found.Clear();
        _lane.Reset();
        _lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), _inputs.Finest(frame.Width, frame.Height, double.MaxValue));
        _lane.Infer(_found);
        Suppression.KeepStrongest(_found, _detector.Thresholds.Overlap);
        return new Seen([], _found.Items.ToArray(), Point, _detector.Labels);
    }

    public void Dispose()
    {
        _lane.Dispose();
        _detector.Dispose();
    }
}

/// <summary>Half a second of a room in which somebody holds a camera at the picture.</summary>
internal sealed class LiveLook(OnnxDetector detector, double smallPassMs) : IStillLook
{
    private const int Looks = 15;

    public string Name => $"{detector.ModelId}, live";

    public float Point => 0;

    public Seen Look(SightView view)
    {
        using var seeing = new LiveSeeing(detector, smallPassMs);
        var tracks = new FrameTracks();
        for (var i = 0; i < Looks; i++)
        {
            // The last frame is the picture where it is.
            var back = Looks - 1 - i;
            using var frame = view.Frame(back % 6 < 3 ? back % 6 : 6 - back % 6, back / 2 % 3);
            seeing.See(frame, TimeSpan.FromSeconds(i / 30.0), tracks);
        }

        return new Seen(tracks.Tracks.ToArray(), seeing.Found.Items.ToArray(), detector.Thresholds.Score, detector.Labels);
    }

    public void Dispose()
    {
    }
}

/// <summary>As the product looks at picture files.</summary>
internal sealed class OfflineLook : IStillLook
{
    private readonly OnnxDetector _detector;
    private readonly FileVision _vision;
    private readonly FrameTracks _tracks = new();
    private TimeSpan _now;

    public OfflineLook(FileModel model, OnnxDetector detector, FramePool pool)
    {
        _detector = detector;
        _vision = new FileVision([model], pool);
    }

    public string Name => $"{_detector.ModelId}, offline";

    public float Point => 0;

    public Seen Look(SightView view)
    {
        using var frame = view.Frame();
        _now += TimeSpan.FromSeconds(2);
        _vision.See(frame, _now, _tracks, CancellationToken.None);
        return _vision.State.Sources[0].TryOwn(_tracks.Mark, out var found)
            ? new Seen([], found.Items.ToArray(), _detector.Thresholds.Score, _detector.Labels)
            : throw new InvalidDataException($"{_detector.ModelId} could not look at a picture.");
    }

    public void Dispose() => _vision.Dispose();
}
