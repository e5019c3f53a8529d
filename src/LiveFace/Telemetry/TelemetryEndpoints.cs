using System.Net;
using LiveFace.Access;
using LiveFace.Api;
using Microsoft.Extensions.Options;

namespace LiveFace.Telemetry;

internal static class TelemetryEndpoints
{
    public static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<FaultSink>();
        services.AddSingleton<LoopSupervisor>();
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<LoopSupervisor>());
        services.AddHostedService<LastResort>();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<RoomMetrics>();
        services.AddSingleton<ServerLife>();
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<ServerLife>());
        services.AddHostedService<OtlpExport>();
    }

    /// <summary>Instruments exist from the start, so that a page shows zeros rather than nothing.</summary>
    public static void StartMeasuring(this IServiceProvider services)
    {
        var faults = services.GetRequiredService<FaultSink>();
        services.GetRequiredService<MetricsCollector>().Failed = error => faults.Report("metrics", error);
        services.GetRequiredService<ServerMetrics>();
        services.GetRequiredService<RoomMetrics>();
    }

    public static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" })).OpenToAnyone();
        routes.MapGet("/health/ready", Ready).OpenToAnyone(readsKey: true);
        routes.MapGet("/metrics", Metrics).OpenToAnyone(readsKey: true);
    }

    /// <summary>Tells anybody whether, and only those with a key what is wrong.</summary>
    private static IResult Ready(HttpContext context, IEnumerable<IReadinessCheck> checks)
    {
        var results = checks.Select(c => new { name = c.Name, problem = c.Problem(), note = c.Note() }).ToArray();
        var ready = results.All(r => r.problem is null);
        object answer = context.GetGrant() is null
            ? new { status = ready ? "ready" : "not-ready" }
            : new { status = ready ? "ready" : "not-ready", checks = results };
        return Results.Json(answer, ApiJson.Options, statusCode: ready ? 200 : 503);
    }

    private static IResult Metrics(HttpContext context, MetricsCollector collector, IOptions<TelemetryOptions> options)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (context.GetGrant() is not { IsAdmin: true } && !IsAllowed(address, options.Value.MetricsAllowedFrom))
            return (context.GetGrant() is null ? Problem.KeyRequired : Problem.NotAllowed).Answer(
                "Metrics need an admin's key, or an address in Telemetry:MetricsAllowedFrom.");
        return Results.Text(PrometheusText.Write(collector.Collect()), PrometheusText.ContentType);
    }

    internal static bool IsAllowed(IPAddress address, IEnumerable<string> allowed)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(a => IPNetwork.TryParse(a, out var network)
            ? network.Contains(plain) : IPAddress.TryParse(a, out var one) && one.Equals(plain));
    }
}
