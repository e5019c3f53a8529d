using LiveFace.Media.Frames;
using LiveFace.Redaction.Masks;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Tests;

/// <summary>
/// A real vision pipeline over models that see what a test says. It is the only way to a receipt, for tests too: a frame
/// counts as looked at because it was.
/// </summary>
internal sealed class ScriptedSight(TimeProvider? clock = null) : IDisposable
{
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);

    private readonly VisionPipeline _pipeline = new([], new VisionOptions(), clock ?? TimeProvider.System);
    private readonly Dictionary<string, (ScriptedDetector Detector, Eye Eye)> _models = new(StringComparer.Ordinal);

    public VisionState State { get; } = new();

    public VisionPipeline Pipeline => _pipeline;

    public FrameMark Mark => _pipeline.Mark;

    public ScriptedDetector Add(string model, params string[] labels)
    {
        var detector = new ScriptedDetector(model, labels);
        State.Add(model, detector);
        _models[model] = (detector, _pipeline.Add(detector));
        return detector;
    }

    public ScriptedDetector this[string model] => _models[model].Detector;

    /// <summary>A frame comes.</summary>
    public FrameMark Follow(VideoFrame frame, TimeSpan now, int rotation = 0) => _pipeline.Follow(frame, now, rotation);

    /// <summary>Those models that are free take what they need of the frame that came last.</summary>
    public void Sample(VideoFrame frame, LookPromise? promise = null, LookPace pace = LookPace.Full, TimeSpan? budget = null) =>
        _pipeline.Sample(frame, budget ?? Budget, pace, promise ?? LookPromise.None);

    /// <summary>A model answers what it has sampled, and the answer is taken in. False when it had sampled nothing.</summary>
    public bool Answer(string model)
    {
        var (_, eye) = _models[model];
        if (!eye.Infer())
            return false;
        _pipeline.Apply();
        State.Take(model, eye.Receipt);
        return true;
    }

    /// <summary>Looks at the frame that came last with one model, which finds these.</summary>
    public void Look(VideoFrame frame, string model, params DetectedObject[] found)
    {
        this[model].Found = found;
        Sample(frame);
        Answer(model).ShouldBeTrue();
    }

    public void Dispose() => _pipeline.Dispose();
}

/// <summary>A model that finds what it is told, in every window or in the whole picture alone.</summary>
internal sealed class ScriptedDetector(string model, IReadOnlyList<string> labels) : IDetector
{
    public string ModelId => model;

    public IReadOnlyList<string> Labels => labels;

    public DetectionThresholds Thresholds { get; } = new(0.6f, 0.3f, 0.4f);

    public InputSize InputSize => new(640, 480);

    public int InputStep => 32;

    public int SmallestFace { get; init; } = 16;

    public DetectedObject[] Found { get; set; } = [];

    /// <summary>Outlines that go with the finds, by <see cref="DetectedObject.Mask"/>.</summary>
    public Action<DetectionList>? AddMasks { get; set; }

    public DetectionVerdict Verdict { get; set; }

    public bool Throws { get; set; }

    /// <summary>Told how many pixels of input a look takes, before it is over.</summary>
    public Action<int>? Worked { get; set; }

    /// <summary>Told of every window that is sampled.</summary>
    public Action<PixelRect, InputSize>? Sampled { get; set; }

    public IDetectorLane OpenLane(int slots) => new Lane(this, slots);

    public void Dispose()
    {
    }

    private sealed class Lane(ScriptedDetector owner, int slots) : IDetectorLane
    {
        private int _pixels;

        public int Pending { get; private set; }

        public bool Sample(VideoFrame frame, PixelRect window, InputSize size)
        {
            if (Pending == slots)
                return false;
            Pending++;
            _pixels += size.Area;
            owner.Sampled?.Invoke(window, size);
            return true;
        }

        public DetectionVerdict Infer(DetectionList found)
        {
            owner.Worked?.Invoke(_pixels);
            Reset();
            if (owner.Throws)
                throw new InvalidOperationException("The model was told to throw.");
            owner.AddMasks?.Invoke(found);
            foreach (var item in owner.Found)
                found.Add(item);
            return owner.Verdict;
        }

        public void Reset() => Pending = _pixels = 0;

        public void Dispose()
        {
        }
    }
}
