using System.Net;
using LiveFace.Access;
using LiveFace.Features.Rooms;
using LiveFace.Features.Sessions;
using LiveFace.Features.Watermarks;
using LiveFace.Http;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Telemetry;

internal static class TelemetryEndpoints
{
    public static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<MetricsExport>();
        services.AddSingleton<FaultSink>();
        services.AddSingleton<LoopSupervisor>();
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<LoopSupervisor>());
        services.AddHostedService<LastResort>();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<RoomMetrics>();
        services.AddSingleton<ServerLife>();
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<ServerLife>());
        services.AddHostedService(s => s.GetRequiredService<MetricsExport>());
    }

    /// <summary>Instruments exist from the start, so that a page shows zeros rather than nothing.</summary>
    public static void StartMeasuring(this IServiceProvider services)
    {
        services.GetRequiredService<MetricsExport>();
        services.GetRequiredService<FaultSink>();
        services.GetRequiredService<ServerMetrics>();
        services.GetRequiredService<RoomMetrics>();
        services.GetRequiredService<RemovalWatch>();
    }

    public static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" })).OpenToAnyone();
        routes.MapGet("/health/ready", Ready).OpenToAnyone(readsKey: true);
        routes.MapPrometheusScrapingEndpoint(
                "/metrics", routes.ServiceProvider.GetRequiredService<MetricsExport>().Provider, branch => branch.Use(GuardMetrics), optionsName: null)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]))
            .OpenToAnyone(readsKey: true);
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

    private static Task GuardMetrics(HttpContext context, RequestDelegate next)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var allowed = context.RequestServices.GetRequiredService<IOptions<TelemetryOptions>>().Value.MetricsAllowedFrom;
        return context.GetGrant() is { IsAdmin: true } || IsAllowed(address, allowed)
            ? next(context)
            : (context.GetGrant() is null ? Problem.KeyRequired : Problem.NotAllowed).WriteAsync(
                context, "Metrics need an admin's key, or an address in Telemetry:MetricsAllowedFrom.");
    }

    internal static bool IsAllowed(IPAddress address, IEnumerable<string> allowed)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(a => IPNetwork.TryParse(a, out var network)
            ? network.Contains(plain) : IPAddress.TryParse(a, out var one) && one.Equals(plain));
    }
}
