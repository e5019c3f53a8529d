using LiveFace.Features.Corrections.State;
using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Features.Corrections;

/// <summary>Deletes corrections, with their pictures, when their time is over.</summary>
internal sealed class CorrectionKeeper(CorrectionShelf shelf, AuditLog audit, LoopSupervisor supervisor, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Deletes those whose time is over; one that is in the way keeps none of the others.</summary>
    internal void Sweep()
    {
        StorageException? full = null;
        foreach (var id in shelf.Expired())
        {
            try
            {
                audit.RemoveFrom(shelf, id, "expired", ("server", ""));
            }
            catch (StorageException error)
            {
                // Its picture is gone; its row goes when the disk takes it.
                full = error;
            }
        }

        if (full is not null)
            throw full;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => supervisor.RunAsync("corrections' end", async stopping =>
    {
        while (!stopping.IsCancellationRequested)
        {
            Sweep();
            await Task.Delay(Interval, time, stopping);
        }
    }, stoppingToken);
}
