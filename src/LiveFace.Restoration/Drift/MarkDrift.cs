namespace LiveFace.Restoration.Drift;

/// <summary>
/// Whether what people send, and what the net makes of it, is still what it was judged on: each measure over the last pictures
/// against the card's histogram. Bounded; any thread.
/// </summary>
public sealed class MarkDrift
{
    /// <summary>How many pictures are looked back on.</summary>
    public const int Window = 400;

    /// <summary>With fewer pictures nothing is said: chance alone would move the index by a tenth.</summary>
    public const int Least = 100;

    /// <summary>From this index on, a measure has moved.</summary>
    public const double Moved = 0.25;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DriftWindow> _windows;

    /// <summary>One that has nothing to compare with, and says that nothing has moved.</summary>
    public static MarkDrift WithoutReference { get; } = new(new Dictionary<string, ReferenceHistogram>());

    /// <summary>Compares with the histograms of a card.</summary>
    public MarkDrift(IReadOnlyDictionary<string, ReferenceHistogram> reference) =>
        _windows = reference.ToDictionary(one => one.Key, one => new DriftWindow(one.Value, Window), StringComparer.Ordinal);

    /// <summary>Adds what was measured of one picture.</summary>
    public void Add(in MarkMeasures measures)
    {
        lock (_lock)
            foreach (var (name, window) in _windows)
                if (ReferenceCard.Measures[name](measures) is { } value && double.IsFinite(value))
                    window.Add(value);
    }

    /// <summary>The index of each measure.</summary>
    public IReadOnlyList<(string Measure, double Index)> Indices()
    {
        lock (_lock)
            return [.. ReferenceCard.Measures.Keys.Select(name => (name, _windows.GetValueOrDefault(name)?.Index(Least) ?? 0))];
    }
}
