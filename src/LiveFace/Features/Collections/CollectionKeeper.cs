using LiveFace.Features.Collections.State;
using LiveFace.Telemetry;

namespace LiveFace.Features.Collections;

/// <summary>Writes the snapshots of indexes that changed: each minute, and when the server stops.</summary>
internal sealed class CollectionKeeper(CollectionShelf shelf, LoopSupervisor supervisor, FaultSink faults, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        faults.Guard("collections' snapshots", shelf.Snapshot);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => supervisor.RunAsync("collections' snapshots", async stopping =>
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stopping);
            shelf.Snapshot();
        }
    }, stoppingToken);
}
