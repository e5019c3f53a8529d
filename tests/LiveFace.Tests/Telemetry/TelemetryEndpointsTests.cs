using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Telemetry;

public sealed class TelemetryEndpointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_are_prometheus_text_with_our_meters_and_the_frameworks()
    {
        await using var server = await RunningServer.StartAsync();
        using var refused = await server.Client.PostAsync("/whip/a", new StringContent("x", Encoding.UTF8, "text/plain"), Cancel);
        await using var hub = await HubSocket.ConnectAsync(server.Address);
        await hub.InvokeAsync("Join", "a", null);
        using var response = await server.Client.GetAsync("/metrics", Cancel);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        var text = await response.Content.ReadAsStringAsync(Cancel);
        text.ShouldContain("liveface_sessions_refused_total{kind=\"whip\",reason=\"media-type-unsupported\"} 1\n");
        text.ShouldContain("liveface_hub_connections{} 1\n");
        text.ShouldContain("http_server_request_duration_seconds_count");
        text.ShouldContain("dotnet_process_cpu_count");
        text.ShouldContain("liveface_rooms_active{} 1\n");
        text.ShouldContain("liveface_stage_p95_milliseconds{stage=\"total\"} 9\n");
        foreach (var line in text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
            line.ShouldMatch("^[a-zA-Z_][a-zA-Z0-9_]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\]|\\\\.)*\",?)*\\})? [-+0-9.eEInfNa]+$");
    }

    [Fact]
    public async Task An_allowed_address_reads_metrics_without_a_key_and_others_do_not()
    {
        await using var open = await RunningServer.StartLockedAsync("--Telemetry:MetricsAllowedFrom:0=127.0.0.0/8");
        (await open.Client.GetAsync("/metrics", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var closed = await RunningServer.StartLockedAsync();
        using var viewer = closed.ClientWith(closed.MakeKey(Roles.View));
        await (await viewer.GetAsync("/metrics", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task A_server_that_runs_is_live_and_ready()
    {
        await using var server = await RunningServer.StartAsync();
        (await server.Client.GetAsync("/health/live", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var ready = await (await server.Client.GetAsync("/health/ready", Cancel)).JsonAsync();
        ready.GetProperty("status").GetString().ShouldBe("ready");
        ready.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ShouldContain("media port");
    }

    [Fact]
    public async Task Metrics_reach_a_collector_by_otlp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1/metrics";
        await using var server = await RunningServer.StartAsync(
            $"--Telemetry:OtlpEndpoint={endpoint}", "--Telemetry:OtlpProtocol=http/protobuf", "--Telemetry:OtlpIntervalSeconds=1");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var connection = await listener.AcceptTcpClientAsync(limit.Token);
        using var reader = new StreamReader(connection.GetStream(), Encoding.Latin1);
        (await reader.ReadLineAsync(limit.Token)).ShouldBe("POST /v1/metrics HTTP/1.1");
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (!text.ToString().Contains("liveface.sessions.active", StringComparison.Ordinal))
        {
            var count = await reader.ReadAsync(buffer, limit.Token);
            count.ShouldBeGreaterThan(0);
            text.Append(buffer, 0, count);
        }
    }
}
