using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace LiveFace.Telemetry;

/// <summary>
/// How each instrument is kept. One has at most <see cref="MaximumSeries"/> series; further labels are counted in one
/// labelled <c>otel_metric_overflow="true"</c>, so that no client can make the page grow.
/// </summary>
internal static class MetricViews
{
    public const int MaximumSeries = 100;

    private static readonly double[] Seconds =
        [0.001, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600];

    private static readonly double[] Milliseconds =
        [0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 250, 500, 1000, 5000];

    private static readonly double[] Percent = [0.1, 0.5, 1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 85, 90, 95, 98, 99];

    private static readonly double[] Others = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>Meters of another server in the same process, which have another factory, are left out.</summary>
    public static MetricStreamConfiguration For(Instrument instrument, IMeterFactory ours)
    {
        if (instrument.Meter.Scope is { } factory && !ReferenceEquals(factory, ours))
            return MetricStreamConfiguration.Drop;
        var type = instrument.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Histogram<>)
            ? new ExplicitBucketHistogramConfiguration { Boundaries = BoundsFor(instrument.Unit), CardinalityLimit = MaximumSeries }
            : new MetricStreamConfiguration { CardinalityLimit = MaximumSeries };
    }

    private static double[] BoundsFor(string? unit) => unit switch { "s" => Seconds, "ms" => Milliseconds, "%" => Percent, _ => Others };
}
