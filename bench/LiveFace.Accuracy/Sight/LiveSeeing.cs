using LiveFace.Media.Frames;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Masks;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>Sees a stream as a room does: follow, look by need, take the answer in, tell the fail-closed rules.</summary>
internal sealed class LiveSeeing : ISeeing
{
    public const string Model = "faces";

    /// <summary>What one look may cost in a room (Rooms:LookBudgetMs).</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);

    private readonly VisionPipeline _pipeline;
    private readonly SourceFindings _findings;
    private readonly List<FrameMark> _marks = [];
    private long _scenes;

    /// <summary>A pass at 320×240 is taken to cost so many milliseconds, whatever the machine does beside.</summary>
    public LiveSeeing(OnnxDetector detector, double smallPassMs)
    {
        _pipeline = ClipStage.Pipeline(detector, smallPassMs);
        _findings = State.Add(Model, detector.Labels, detector.Thresholds.Score);
    }

    public VisionState State { get; } = new();

    /// <summary>The newest answer of the detector.</summary>
    public DetectionList Found => _pipeline.Eyes[0].Found;

    public void See(VideoFrame frame, TimeSpan now, FrameTracks tracks, bool looks = true, bool answers = true)
    {
        if (answers)
            TakeAnswer();
        _pipeline.Follow(frame, now);
        var mark = State.Rules.Arrived(now, frame.Width, frame.Height, 0, _pipeline.Scenes != _scenes);
        _scenes = _pipeline.Scenes;
        _marks.Add(mark);
        if (looks && _pipeline.Sample(frame, Budget, LookPace.ByNeed))
            _pipeline.Eyes[0].Infer();
        if (looks && answers)
            TakeAnswer();
        tracks.Set(mark, _pipeline.Tracks, _pipeline.LeavesOut);
    }

    public void Dispose() => _pipeline.Dispose();

    private void TakeAnswer()
    {
        var looks = _pipeline.Eyes[0].Looks;
        if (!_pipeline.Apply() || _pipeline.Eyes[0].Looks == looks)
            return;
        var mark = _marks.Find(one => one.Time == _pipeline.Eyes[0].TakenAt);
        _findings.Store(mark, _pipeline.Eyes[0].Found);
        State.Rules.Detected(Model, mark);
    }
}
