using LiveFace.Redaction.FailClosed;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// What is known about a room's frames: the fail-closed rules with all that they were told, and each model's newest
/// answers. It belongs to the thread that redacts.
/// </summary>
public sealed class VisionState
{
    private readonly List<SourceFindings> _sources = [];

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

    /// <summary>Meets a model. The same name keeps its index for the room's life.</summary>
    public SourceFindings Add(string model, IReadOnlyList<string> labels, float strong)
    {
        if (Find(model) is { } known)
            return known;
        var source = new SourceFindings(new VisionSource(model, _sources.Count, labels, strong));
        _sources.Add(source);
        return source;
    }
}
