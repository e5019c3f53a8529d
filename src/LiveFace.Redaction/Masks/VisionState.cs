using LiveFace.Redaction.Looks;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// What is known about a room's frames: the fail-closed rules, each model's newest answers, and where its looks have looked.
/// All of it comes out of the looks' receipts, which only the looks make. It belongs to the thread that redacts.
/// </summary>
public sealed class VisionState
{
    private readonly List<SourceFindings> _sources = [];
    private readonly List<CoverageMap> _maps = [];

    /// <summary>Starts with nothing known.</summary>
    public VisionState(FailClosedOptions? options = null) => Rules = new FailClosedRules(options);

    /// <summary>The fail-closed rules.</summary>
    public FailClosedRules Rules { get; }

    /// <summary>The models, by the index that tracks carry.</summary>
    public IReadOnlyList<SourceFindings> Sources => _sources;

    /// <summary>The model of this name, or null when the room has not met it.</summary>
    public SourceFindings? Find(string model)
    {
        foreach (var source in _sources)
            if (string.Equals(source.Source.Model, model, StringComparison.Ordinal))
                return source;
        return null;
    }

    /// <summary>Meets the model that stands for a name. The same name keeps its index and its model for the room's life.</summary>
    public SourceFindings Add(string model, IDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        if (Find(model) is { } known)
            return known;
        var source = new SourceFindings(
            new VisionSource(model, _sources.Count, detector.Labels, detector.Thresholds.Score), detector);
        _sources.Add(source);
        _maps.Add(new CoverageMap());
        return source;
    }

    /// <summary>Takes in what became of a look. What a policy hides besides can be added, which only ever hides more.</summary>
    /// <exception cref="ArgumentException">Another model than the one of that name has looked.</exception>
    public void Take(string model, LookReceipt receipt, ReadOnlySpan<DetectedObject> besides = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        if (Find(model) is not { } source || !ReferenceEquals(source.Detector, receipt.Detector))
            throw new ArgumentException($"The look was not one of the model that stands for '{model}'.", nameof(receipt));
        if (!receipt.IsSound)
        {
            Rules.Failed(model, DetectorTrouble.Failing);
            return;
        }

        source.Store(receipt, besides);
        _maps[source.Source.Index].Take(receipt);
        Rules.Detected(model, receipt.Mark);
    }

    /// <summary>A model is not there to look.</summary>
    public void Missing(string model) => Rules.Failed(model, DetectorTrouble.Missing);

    /// <summary>Adds the cells of a frame that no look of the policy's models vouches for.</summary>
    internal void HideUnseen(FrameTracks frame, PolicySnapshot policy, HiddenCells hidden)
    {
        foreach (var model in policy.NeededModels)
            if (Find(model) is { } source)
                _maps[source.Source.Index].HideUnseen(
                    frame, policy.PromiseFor(frame.Width, frame.Height), policy.Policy.Strict, hidden);
    }
}
