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
