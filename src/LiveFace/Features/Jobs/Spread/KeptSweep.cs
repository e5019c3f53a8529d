using LiveFace.Storage;
using LiveFace.Storage.Postgres;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>Has a worker's films deleted that are done or cancelled, also while it works on another for hours.</summary>
internal sealed class KeptSweep(TaskTable tasks, SharedFiles shared, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (shared is not BucketFiles { Kept: var kept })
            return;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (kept.IsEmpty)
                continue;
            try
            {
                kept.Drop(tasks.Known());
            }
            catch (Exception error) when (error is StorageException or IOException or UnauthorizedAccessException)
            {
                // Whoever claims work tells of a database that is away. What could not be deleted is tried again, and goes with the worker.
            }
        }
    }
}
