using System.Runtime.InteropServices;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.FailClosed;

/// <summary>
/// Decides what may be shown of each frame. One rule stands above all: a frame is shown only if each model that the
/// policy needs has succeeded on a frame of the same epoch (geometry, scene, source), no further away in time than
/// the policy's maximum age, and on this very frame where the policy is strict. In every other case it is covered.
/// What happened is told by <c>VisionState</c> alone, which takes it from the looks' receipts.
/// </summary>
public sealed class FailClosedRules
{
    private readonly FailClosedOptions _options;
    private readonly Dictionary<string, ModelRecord> _models = new(StringComparer.Ordinal);

    /// <summary>Starts with nothing seen.</summary>
    internal FailClosedRules(FailClosedOptions? options = null) => _options = options ?? new();

    /// <summary>A model has looked at a frame and its findings, which may be none, can be trusted.</summary>
    internal void Detected(string model, in FrameMark frame) => Record(model).Succeeded(frame);

    /// <summary>A model could not look at a frame.</summary>
    internal void Failed(string model, DetectorTrouble trouble) => Record(model).Failed(trouble);

    /// <summary>What may be shown of a frame under a policy.</summary>
    internal ShowDecision Decide(in FrameMark frame, PolicySnapshot policy)
    {
        if (policy.Policy.Cover)
            return ShowDecision.Covered(CoverReason.Asked);
        var oldest = TimeSpan.Zero;
        foreach (var model in policy.NeededModels)
        {
            if (!TryAge(model, frame, out var age, out var exact))
                return ShowDecision.Covered(WhyNothing(model));
            if (age > policy.MaximumAge || (policy.Policy.Strict && !exact))
                return ShowDecision.Covered(WhyLate(model));
            if (age > oldest)
                oldest = age;
        }

        return new ShowDecision(CoverReason.None, oldest, GrowthAt(oldest));
    }

    /// <summary>How far from this frame the nearest detection of its epoch is.</summary>
    public bool TryAge(string model, in FrameMark frame, out TimeSpan age, out bool exact)
    {
        age = default;
        exact = false;
        if (!_models.TryGetValue(model, out var record) || !record.TryNearest(frame, out var nearest))
            return false;
        age = ModelRecord.Distance(nearest, frame);
        exact = nearest.Index == frame.Index;
        return true;
    }

    /// <summary>By how much of its size a mask of this age grows on each side.</summary>
    internal float GrowthAt(TimeSpan age) =>
        MathF.Min(_options.LargestGrowth, (float)age.TotalSeconds * _options.GrowthPerSecond);

    private CoverReason WhyNothing(string model)
    {
        if (!_models.TryGetValue(model, out var record))
            return CoverReason.Starting;
        return record.Trouble switch
        {
            DetectorTrouble.Missing => CoverReason.ModelMissing,
            DetectorTrouble.Failing => CoverReason.DetectorUnavailable,
            _ => record.HasEverSucceeded ? CoverReason.Changing : CoverReason.Starting,
        };
    }

    private CoverReason WhyLate(string model) => _models[model].Trouble switch
    {
        DetectorTrouble.Missing => CoverReason.ModelMissing,
        DetectorTrouble.Failing => CoverReason.DetectorUnavailable,
        _ => CoverReason.DetectorLate,
    };

    private ModelRecord Record(string model)
    {
        ref var record = ref CollectionsMarshal.GetValueRefOrAddDefault(_models, model, out _);
        return record ??= new ModelRecord();
    }
}
