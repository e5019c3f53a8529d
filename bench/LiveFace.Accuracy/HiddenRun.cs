using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>
/// A clip seen once and redacted under several policies, each with its own look-ahead and maximum age, by the product's own
/// rules and redactor. What is hidden is painted in a colour that no clip has, and is read off the pixels.
/// </summary>
internal sealed class HiddenRun : IDisposable
{
    private const string Model = "faces";
    private readonly VisionPipeline _pipeline;
    private readonly FramePool _pool = new();
    private readonly VisionState _state = new();
    private readonly SourceFindings _findings;
    private readonly PolicySnapshot[] _policies;
    private readonly Redactor[] _redactors;
    private readonly List<(VideoFrame Frame, FrameTracks Tracks, FaceTruth[] Truth)> _waiting = [];
    private readonly List<Redaction.FailClosed.FrameMark> _marks = [];
    private long _scenes;

    public HiddenRun(OnnxDetector detector, params RedactionPolicy[] policies)
    {
        _pipeline = ClipStage.Pipeline(detector);
        _findings = _state.Add(Model, detector.Labels, detector.Thresholds.Score);
        _policies = [.. policies.Select(policy => PolicySnapshot.Create(1, policy))];
        _redactors = [.. policies.Select(_ => new Redactor(_pool))];
        Measures = [.. policies.Select(_ => new MaskMeasure())];
        Covered = new int[policies.Length];
    }

    public MaskMeasure[] Measures { get; }

    /// <summary>Frames that went out covered, under each policy.</summary>
    public int[] Covered { get; }

    public static RedactionPolicy Policy(int lookAhead = 0, int? maximumAgeMs = null) => PolicyPresets.BlurFaces with
    {
        LookAheadFrames = lookAhead, MaximumAgeMs = maximumAgeMs,
        Rules = [new PolicyRule { How = new RuleHow { Effect = RuleEffect.Solid, Color = "#00ff00" } }],
    };

    /// <summary>A frame, whether a detector that is free may look at it, and whether what it is at is answered by now.</summary>
    public void Frame(TimeSpan now, VideoFrame frame, FaceTruth[] truth, bool looks, bool answers)
    {
        if (answers)
            TakeAnswer();
        _pipeline.Follow(frame, now);
        var mark = _state.Rules.Arrived(now, frame.Width, frame.Height, 0, _pipeline.Scenes != _scenes);
        _scenes = _pipeline.Scenes;
        _marks.Add(mark);
        if (looks && _pipeline.Sample(frame, TimeSpan.FromMilliseconds(8), LookPace.ByNeed))
            _pipeline.Eyes[0].Infer();
        if (looks && answers)
            TakeAnswer();
        var tracks = new FrameTracks();
        tracks.Set(mark, _pipeline.Tracks, _pipeline.LeavesOut);
        var copy = Copy(frame);
        _waiting.Add((copy, tracks, truth));
        for (var i = 0; i < _policies.Length; i++)
            Show(i);
        if (_waiting.Count > PolicyLimits.LookAheadFrames)
        {
            _waiting[0].Frame.Dispose();
            _waiting.RemoveAt(0);
        }
    }

    public void Dispose()
    {
        foreach (var (frame, _, _) in _waiting)
            frame.Dispose();
        foreach (var redactor in _redactors)
            redactor.Dispose();
        _pipeline.Dispose();
        _pool.Dispose();
    }

    private void TakeAnswer()
    {
        var looks = _pipeline.Eyes[0].Looks;
        if (!_pipeline.Apply() || _pipeline.Eyes[0].Looks == looks)
            return;
        var mark = _marks.Find(one => one.Time == _pipeline.Eyes[0].TakenAt);
        _findings.Store(mark, _pipeline.Eyes[0].Found);
        _state.Rules.Detected(Model, mark);
    }

    private void Show(int policy)
    {
        var index = _waiting.Count - 1 - _policies[policy].Policy.LookAheadFrames;
        if (index < 0)
            return;
        var (frame, tracks, truth) = _waiting[index];
        using var shown = Copy(frame);
        var later = _waiting.Skip(index + 1).Select(one => one.Tracks).ToArray();
        _redactors[policy].Redact(shown, _policies[policy], _state, tracks, later);
        var isCovered = _redactors[policy].Decision.IsCovered;
        Covered[policy] += isCovered ? 1 : 0;
        foreach (var face in truth)
            Measures[policy].Count(face, isCovered ? 0 : Outside(face, shown));
    }

    private static float Outside(FaceTruth face, VideoFrame frame)
    {
        int all = 0, outside = 0;
        foreach (var (x, y) in MaskMeasure.PointsOf(face))
        {
            all++;
            var (left, top) = ((int)x / 2, (int)y / 2);
            // What lies outside of the picture is not shown.
            if (left >= 0 && top >= 0 && left < frame.ChromaWidth && top < frame.ChromaHeight
                && (frame.RowU(top)[left] > 70 || frame.RowV(top)[left] > 50))
                outside++;
        }

        return (float)outside / all;
    }

    private VideoFrame Copy(VideoFrame frame)
    {
        var copy = _pool.Rent(frame.Width, frame.Height);
        for (var row = 0; row < frame.Height; row++)
            frame.RowY(row).CopyTo(copy.RowY(row));
        for (var row = 0; row < frame.ChromaHeight; row++)
        {
            frame.RowU(row).CopyTo(copy.RowU(row));
            frame.RowV(row).CopyTo(copy.RowV(row));
        }

        return copy;
    }
}
