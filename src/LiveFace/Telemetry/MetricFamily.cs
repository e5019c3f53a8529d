using System.Diagnostics.Metrics;

namespace LiveFace.Telemetry;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>
/// One instrument's series. There may be <see cref="MaximumSeries"/> of them; what comes with further labels is counted
/// in one series labelled <c>overflow="true"</c>, so that no client can make the page grow.
/// </summary>
internal sealed class MetricFamily
{
    public const int MaximumSeries = 100;

    private static readonly double[] Seconds =
        [0.001, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600];

    private static readonly double[] Milliseconds =
        [0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 250, 500, 1000, 5000];

    private static readonly double[] Others = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    private readonly Lock _growing = new();
    private volatile MetricSeries[] _series = [];
    private MetricSeries? _overflow;

    public MetricFamily(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        IsObservable = instrument.IsObservable;
        Kind = definition == typeof(Histogram<>) ? MetricKind.Histogram
            : definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
        // An UpDownCounter adds up like a counter and is shown as a gauge; a Gauge keeps what it was last told.
        Adds = !IsObservable && definition != typeof(Gauge<>);
        Description = instrument.Description ?? "";
        Unit = instrument.Unit ?? "";
        Name = PrometheusText.Name(instrument.Name, Unit, Kind);
        Bounds = Kind != MetricKind.Histogram ? [] : Unit switch { "s" => Seconds, "ms" => Milliseconds, _ => Others };
    }

    public string Name { get; }

    public string Description { get; }

    public string Unit { get; }

    public MetricKind Kind { get; }

    public bool IsObservable { get; }

    public double[] Bounds { get; }

    public IEnumerable<MetricSeries> Series => _overflow is { } overflow ? _series.Append(overflow) : _series;

    private bool Adds { get; }

    /// <summary>Series of an observable instrument that are not observed again are gone, such as those of a closed room.</summary>
    public void BeginObservation()
    {
        if (!IsObservable)
            return;
        _series = [];
        _overflow = null;
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(_series, tags) ?? Grow(tags);
        if (Kind == MetricKind.Histogram)
            series.Observe(value, Bounds);
        else if (Adds)
            series.Add(value);
        else
            series.Set(value);
    }

    private static MetricSeries? Find(MetricSeries[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var series in known)
            if (series.Has(tags))
                return series;
        return null;
    }

    private MetricSeries Grow(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_growing)
        {
            if (Find(_series, tags) is { } made)
                return made;
            if (_series.Length >= MaximumSeries)
                return _overflow ??= new MetricSeries([new("overflow", "true")], Bounds.Length);
            var series = new MetricSeries(tags, Bounds.Length);
            _series = [.. _series, series];
            return series;
        }
    }
}
