using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LiveFace.Telemetry;

/// <summary>
/// Listens to our meters and the framework's and keeps each series' sum, last value or histogram, for
/// <see cref="PrometheusText"/> to write out. Measuring takes no lock that a scrape holds and allocates nothing once a
/// series is known.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _scrape = new();

    public MetricsCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument.Meter.Name))
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, i => new MetricFamily(i)));
        };
        _listener.MeasurementsCompleted = (instrument, _) => _families.TryRemove(instrument, out MetricFamily? _);
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(state, value, tags));
        _listener.Start();
    }

    /// <summary>Hears of instruments that could not be read; the others are.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>All families by name, with observable instruments read just now.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        lock (_scrape)
        {
            foreach (var family in _families.Values)
                family.BeginObservation();
            Observe();
            return [.. _families.Values.OrderBy(f => f.Name, StringComparer.Ordinal)];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException error)
        {
            Failed?.Invoke(error);
        }
    }

    private static bool IsOurs(string meter) =>
        meter.StartsWith("LiveFace", StringComparison.Ordinal)
        || meter is "System.Runtime" or "Microsoft.AspNetCore.Hosting" or "Microsoft.AspNetCore.Server.Kestrel"
            or "Microsoft.AspNetCore.Http.Connections";

    private static void Record(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)state!).Record(value, tags);
}
