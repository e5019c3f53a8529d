using System.Diagnostics.Metrics;
using LiveFace.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveFace.Tests.Telemetry;

/// <summary>A sink for what is tested without a server.</summary>
internal static class Faults
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public static FaultSink Sink => New(TimeProvider.System);

    public static FaultSink New(TimeProvider time, Microsoft.Extensions.Logging.ILogger<FaultSink>? logger = null) =>
        new(Services.GetRequiredService<IMeterFactory>(), logger ?? NullLogger<FaultSink>.Instance, time);
}
