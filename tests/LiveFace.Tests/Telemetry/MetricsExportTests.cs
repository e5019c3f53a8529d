using System.Diagnostics.Metrics;
using LiveFace.Telemetry;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Telemetry;

public sealed class MetricsExportTests : IDisposable
{
    private readonly string _name = "test" + Guid.NewGuid().ToString("N");
    private readonly Meter _meter;

    public MetricsExportTests() => _meter = new Meter("LiveFace.Test." + _name);

    [Fact]
    public async Task Labels_beyond_the_limit_are_counted_in_one_series()
    {
        await using var server = await RunningServer.StartAsync();
        var counter = _meter.CreateCounter<int>(_name + ".many");

        for (var i = 0; i < MetricViews.MaximumSeries + 50; i++)
            counter.Add(1, new KeyValuePair<string, object?>("n", i));

        var lines = (await LinesAsync(server)).Where(line => line.StartsWith(_name + "_many_total", StringComparison.Ordinal)).ToArray();
        lines.Length.ShouldBe(MetricViews.MaximumSeries + 1);
        lines.ShouldContain(_name + "_many_total{otel_metric_overflow=\"true\"} 50");
    }

    [Fact]
    public async Task A_histogram_of_milliseconds_has_buckets_for_the_times_of_a_frame()
    {
        await using var server = await RunningServer.StartAsync();
        var histogram = _meter.CreateHistogram<double>(_name + ".stage", unit: "ms");

        foreach (var value in (double[])[0.4, 3, 3.5, 9000])
            histogram.Record(value);

        var text = string.Join('\n', await LinesAsync(server));
        text.ShouldContain(_name + "_stage_milliseconds_bucket{le=\"0.5\"} 1\n");
        text.ShouldContain(_name + "_stage_milliseconds_bucket{le=\"3\"} 2\n");
        text.ShouldContain(_name + "_stage_milliseconds_bucket{le=\"5\"} 3\n");
        text.ShouldContain(_name + "_stage_milliseconds_bucket{le=\"+Inf\"} 4\n");
        text.ShouldContain(_name + "_stage_milliseconds_count{} 4\n");
    }

    [Fact]
    public async Task Meters_of_another_server_in_the_process_are_not_counted()
    {
        await using var server = await RunningServer.StartAsync();
        await using var other = await RunningServer.StartAsync();
        await using var hub = await HubSocket.ConnectAsync(other.Address);

        (await LinesAsync(other)).ShouldContain("liveface_hub_connections{} 1");
        (await LinesAsync(server)).ShouldContain("liveface_hub_connections{} 0");
    }

    [Fact]
    public async Task Measuring_a_known_series_allocates_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        var histogram = _meter.CreateHistogram<double>(_name + ".quick", unit: "ms");
        var tag = new KeyValuePair<string, object?>("stage", "decode");
        for (var i = 0; i < 100; i++)
            histogram.Record(5, tag);

        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 10_000; i++)
            histogram.Record(5, tag);

        ThreadAllocations.Since(before).ShouldBe(0);
    }

    public void Dispose() => _meter.Dispose();

    private static async Task<string[]> LinesAsync(RunningServer server) =>
        (await server.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n');
}
