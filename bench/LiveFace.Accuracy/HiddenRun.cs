using LiveFace.Accuracy.Sight;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>
/// A clip seen once and redacted under several policies, each with its own look-ahead and maximum age, by the product's own
/// rules and redactor. What is hidden is read off the pixels (<see cref="HiddenPixels"/>).
/// </summary>
internal sealed class HiddenRun : IDisposable
{
    private readonly ISeeing _seeing;
    private readonly FramePool _pool = new();
    private readonly PolicySnapshot[] _policies;
    private readonly HiddenPixels[] _hidden;
    private readonly List<Shown> _waiting = [];

    /// <summary>The run disposes of what sees.</summary>
    public HiddenRun(ISeeing seeing, params RedactionPolicy[] policies)
    {
        _seeing = seeing;
        _policies = [.. policies.Select(policy => PolicySnapshot.Create(1, policy))];
        _hidden = [.. policies.Select(_ => new HiddenPixels(_pool))];
        Scores = [.. policies.Select(_ => new SightScore())];
        Covered = new int[policies.Length];
        Unseen = new double[policies.Length];
    }

    /// <summary>Smaller faces, by their height, do not count.</summary>
    public float LeastFace { get; init; }

    /// <summary>What was missed and hidden under each policy; frames that were covered hide all faces and no area.</summary>
    public SightScore[] Scores { get; }

    /// <summary>Frames that went out covered, under each policy.</summary>
    public int[] Covered { get; }

    /// <summary>The parts of the frames that were hidden because they were not looked at as promised, summed, under each policy.</summary>
    public double[] Unseen { get; }

    public static RedactionPolicy Policy(int lookAhead = 0, int? maximumAgeMs = null) =>
        HiddenPixels.Policy with { LookAheadFrames = lookAhead, MaximumAgeMs = maximumAgeMs };

    /// <summary>A frame, whether a detector that is free may look at it, and whether what it is at is answered by now.</summary>
    public void Frame(TimeSpan now, VideoFrame frame, FaceTruth[] truth, bool looks = true, bool answers = true)
    {
        var tracks = new FrameTracks();
        _seeing.See(frame, now, tracks, looks, answers);
        _waiting.Add(new Shown(frame.Width, frame.Height, tracks, [.. truth.Where(face => face.Height >= LeastFace)]));
        for (var i = 0; i < _policies.Length; i++)
            Show(i, _waiting.Count - 1 - _policies[i].Policy.LookAheadFrames);
        if (_waiting.Count > PolicyLimits.LookAheadFrames)
            _waiting.RemoveAt(0);
    }

    /// <summary>Shows what still waits in the look-ahead.</summary>
    public void End()
    {
        for (var i = 0; i < _policies.Length; i++)
            for (var index = Math.Max(0, _waiting.Count - _policies[i].Policy.LookAheadFrames); index < _waiting.Count; index++)
                Show(i, index);
        _waiting.Clear();
    }

    public void Dispose()
    {
        foreach (var hidden in _hidden)
            hidden.Dispose();
        _seeing.Dispose();
        _pool.Dispose();
    }

    private void Show(int policy, int index)
    {
        if (index < 0)
            return;
        var (width, height, tracks, truth) = _waiting[index];
        var later = _waiting.Skip(index + 1).Take(_policies[policy].Policy.LookAheadFrames).Select(one => one.Tracks).ToArray();
        var coverage = _hidden[policy].Of(_policies[policy], _seeing.State, tracks, later, width, height, out var isCovered);
        Covered[policy] += isCovered ? 1 : 0;
        Unseen[policy] += _hidden[policy].Unseen;
        if (isCovered)
            Scores[policy].CountCovered(truth, width, height);
        else if (truth.Length == 0)
            Scores[policy].CountFaceless(coverage, width, height);
        else
            Scores[policy].Count(coverage, width, height, truth, new TruthMap(width, height, truth, []));
    }

    private sealed record Shown(int Width, int Height, FrameTracks Tracks, FaceTruth[] Truth);
}
