using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>Sees a stream as a room does: follow, look by need, take the answer in, tell the fail-closed rules.</summary>
internal sealed class LiveSeeing : ISeeing
{
    public const string Model = "faces";

    /// <summary>What one look may cost in a room (Rooms:LookBudgetMs).</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);

    private readonly VisionPipeline _pipeline;
    private readonly PolicySnapshot _policy = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);

    /// <summary>A pass at 320×240 is taken to cost so many milliseconds, whatever the machine does beside.</summary>
    public LiveSeeing(OnnxDetector detector, double smallPassMs)
    {
        _pipeline = ClipStage.Pipeline(detector, smallPassMs);
        State.Add(Model, detector);
    }

    public VisionState State { get; } = new();

    /// <summary>The newest answer of the detector.</summary>
    public DetectionList Found => _pipeline.Eyes[0].Found;

    public void See(VideoFrame frame, TimeSpan now, FrameTracks tracks, bool looks = true, bool answers = true)
    {
        if (answers)
            TakeAnswer();
        _pipeline.Follow(frame, now);
        if (looks && _pipeline.Sample(frame, Budget, LookPace.ByNeed, _policy.PromiseFor(frame.Width, frame.Height)))
            _pipeline.Eyes[0].Infer();
        if (looks && answers)
            TakeAnswer();
        tracks.Set(_pipeline, frame, waits: true);
    }

    public void Dispose() => _pipeline.Dispose();

    private void TakeAnswer()
    {
        var looks = _pipeline.Eyes[0].Looks;
        if (!_pipeline.Apply() || _pipeline.Eyes[0].Looks == looks)
            return;
        State.Take(Model, _pipeline.Eyes[0].Receipt);
    }
}
