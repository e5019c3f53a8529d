using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Telemetry;

public sealed partial class DashboardTests
{
    [Fact]
    public async Task Every_metric_that_the_dashboard_shows_is_one_that_the_server_has()
    {
        var file = Checkout.PathOf("deploy", "grafana-dashboard.json");
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var shown = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(p => p.GetProperty("targets").EnumerateArray())
            .SelectMany(t => Metric().Matches(t.GetProperty("expr").GetString()!))
            .Select(m => m.Value)
            .Distinct()
            .ToArray();
        shown.Length.ShouldBeGreaterThan(10);

        await using var server = await RunningServer.StartAsync();
        var text = await server.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        foreach (var metric in shown)
            text.ShouldContain($"# TYPE {metric} ");
    }

    [Fact]
    public async Task The_metrics_of_the_docs_are_those_of_the_server()
    {
        var docs = await File.ReadAllTextAsync(Checkout.PathOf("docs", "reference", "operations.md"), TestContext.Current.CancellationToken);
        await using var server = await RunningServer.StartAsync();
        var text = await server.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        var documented = DocumentedMetric().Matches(docs).Select(m => m.Groups["name"].Value).ToArray();

        documented.ShouldBe(OurMetric().Matches(text).Select(m => m.Groups["name"].Value), ignoreOrder: true);
    }

    [GeneratedRegex("(liveface|webrtc|dotnet)_[a-z0-9_]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("^\\| `(?<name>(liveface|webrtc)_[a-z0-9_]+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DocumentedMetric();

    [GeneratedRegex("^# TYPE (?<name>(liveface|webrtc)_[a-z0-9_]+) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OurMetric();
}
