using System.Diagnostics.Metrics;
using LiveFace.Telemetry;

namespace LiveFace.Tests.Telemetry;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly Meter _meter = new("LiveFace.Test." + Guid.NewGuid().ToString("N"));
    private readonly MetricsCollector _collector = new();

    [Fact]
    public void A_counter_adds_up_under_its_labels()
    {
        var counter = _meter.CreateCounter<long>("test.frames.dropped", description: "Frames\nleft out");
        counter.Add(2, new KeyValuePair<string, object?>("place", "decode"));
        counter.Add(3, new KeyValuePair<string, object?>("place", "decode"));
        counter.Add(1, new KeyValuePair<string, object?>("place", "a \"quoted\\one\"\n"));
        var text = Write();
        text.ShouldContain("# HELP test_frames_dropped_total Frames\\nleft out\n# TYPE test_frames_dropped_total counter\n");
        text.ShouldContain("test_frames_dropped_total{place=\"decode\"} 5\n");
        text.ShouldContain("test_frames_dropped_total{place=\"a \\\"quoted\\\\one\\\"\\n\"} 1\n");
    }

    [Fact]
    public void A_histogram_has_growing_buckets_a_sum_and_a_count()
    {
        var histogram = _meter.CreateHistogram<double>("test.stage", unit: "ms");
        foreach (var value in (double[])[0.4, 3, 3.5, 9000])
            histogram.Record(value);
        var text = Write();
        text.ShouldContain("test_stage_milliseconds_bucket{le=\"0.5\"} 1\n");
        text.ShouldContain("test_stage_milliseconds_bucket{le=\"3\"} 2\n");
        text.ShouldContain("test_stage_milliseconds_bucket{le=\"5\"} 3\n");
        text.ShouldContain("test_stage_milliseconds_bucket{le=\"+Inf\"} 4\n");
        text.ShouldContain("test_stage_milliseconds_sum 9006.9\n");
        text.ShouldContain("test_stage_milliseconds_count 4\n");
    }

    [Fact]
    public void An_observed_series_that_is_gone_is_no_longer_written()
    {
        string[] rooms = ["a", "b"];
        _meter.CreateObservableGauge("test.viewers", () => rooms.Select(r => new Measurement<int>(1, [new("room", r)])));
        Write().ShouldContain("test_viewers{room=\"a\"} 1\n");
        rooms = ["b"];
        var text = Write();
        text.ShouldNotContain("test_viewers{room=\"a\"}");
        text.ShouldContain("test_viewers{room=\"b\"} 1\n");
    }

    [Fact]
    public void Labels_beyond_the_limit_are_counted_in_one_series()
    {
        var counter = _meter.CreateCounter<int>("test.many");
        for (var i = 0; i < MetricFamily.MaximumSeries + 50; i++)
            counter.Add(1, new KeyValuePair<string, object?>("n", i));
        var lines = Write().Split('\n').Where(l => l.StartsWith("test_many_total", StringComparison.Ordinal)).ToArray();
        lines.Length.ShouldBe(MetricFamily.MaximumSeries + 1);
        lines.ShouldContain("test_many_total{overflow=\"true\"} 50");
    }

    [Fact]
    public void An_up_down_counter_is_a_gauge_that_adds_up()
    {
        var connections = _meter.CreateUpDownCounter<long>("test.connections");
        connections.Add(3);
        connections.Add(-1);
        Write().ShouldContain("# TYPE test_connections gauge\ntest_connections 2\n");
    }

    [Fact]
    public void Measuring_a_known_series_allocates_nothing()
    {
        var histogram = _meter.CreateHistogram<double>("test.quick", unit: "ms");
        var tag = new KeyValuePair<string, object?>("stage", "decode");
        for (var i = 0; i < 100; i++)
            histogram.Record(5, tag);
        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 10_000; i++)
            histogram.Record(5, tag);
        ThreadAllocations.Since(before).ShouldBe(0);
    }

    [Fact]
    public async Task Measuring_from_many_threads_loses_nothing()
    {
        var counter = _meter.CreateCounter<long>("test.threads");
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), TestContext.Current.CancellationToken, (n, _) =>
        {
            for (var i = 0; i < 10_000; i++)
                counter.Add(1, new KeyValuePair<string, object?>("even", n % 2 == 0));
            return ValueTask.CompletedTask;
        });
        var text = Write();
        text.ShouldContain("test_threads_total{even=\"True\"} 40000\n");
        text.ShouldContain("test_threads_total{even=\"False\"} 40000\n");
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    private string Write() => PrometheusText.Write(_collector.Collect());
}
