using LiveFace.Features.Jobs.State;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>As many loops as this machine is to work with.</summary>
internal sealed class TaskLoops(TaskLoop loop, IOptions<FilmsOptions> options, LoopSupervisor supervisor) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Enumerable.Range(0, options.Value.Workers).Select(_ => supervisor.RunAsync("jobs", loop.RunAsync, stoppingToken)));
}
