using System.Runtime.InteropServices;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.FailClosed;

/// <summary>
/// Decides what may be shown of each frame. One rule stands above all: a frame is shown only if each model that the
/// policy needs has succeeded on a frame of the same epoch (geometry, scene, source), no further away in time than
/// the policy's maximum age, and on this very frame where the policy is strict. In every other case it is covered.
/// Times and events go in, decisions come out: there is no clock, no thread and no picture in here.
/// </summary>
public sealed class FailClosedRules
{
    private readonly FailClosedOptions _options;
    private readonly Dictionary<string, ModelRecord> _models = new(StringComparer.Ordinal);
    private FrameMark _last;
    private (int Width, int Height, int Rotation) _geometry;
    private EpochStart _start = EpochStart.First;
    private bool _sourceChanged;

    /// <summary>Starts with nothing seen.</summary>
    public FailClosedRules(FailClosedOptions? options = null) => _options = options ?? new();

    /// <summary>Why the epoch of the newest frame began.</summary>
    public EpochStart EpochStart => _start;

    /// <summary>Somebody else sends from the next frame on.</summary>
    public void SourceChanged() => _sourceChanged = true;

    /// <summary>A frame has come; the mark goes with it to its detection and to its decision.</summary>
    public FrameMark Arrived(TimeSpan now, int width, int height, int rotation, bool cut)
    {
        var geometry = (width, height, rotation);
        EpochStart? start =
            _last.Index == 0 ? EpochStart.First :
            _sourceChanged ? EpochStart.Source :
            geometry != _geometry ? EpochStart.Geometry :
            cut ? EpochStart.Cut :
            now - _last.Time > _options.Silence ? EpochStart.Silence : null;
        _sourceChanged = false;
        _geometry = geometry;
        _start = start ?? _start;
        _last = start is null
            ? new FrameMark(_last.Index + 1, now, _last.Epoch, _last.EpochBegan)
            : new FrameMark(_last.Index + 1, now, _last.Epoch + 1, now);
        return _last;
    }

    /// <summary>A model has looked at a frame and its findings, which may be none, can be trusted.</summary>
    public void Detected(string model, in FrameMark frame) => Record(model).Succeeded(frame);

    /// <summary>A model could not look at a frame.</summary>
    public void Failed(string model, DetectorTrouble trouble) => Record(model).Failed(trouble);

    /// <summary>What may be shown of a frame under a policy.</summary>
    public ShowDecision Decide(in FrameMark frame, PolicySnapshot policy)
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
    public float GrowthAt(TimeSpan age) =>
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
